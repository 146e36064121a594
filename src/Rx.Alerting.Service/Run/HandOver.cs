using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Service.Sources;

namespace Rx.Alerting.Service.Run;

/// <summary>
/// Decides about a pipeline that another process has taken over while the pipeline's partition is assigned to this process. Usually the
/// group has given the partition to the other process, and this process hears of that soon. Else the two processes disagree, and the
/// operator must be told.
/// </summary>
internal sealed class HandOver(
    WatchedStream stream,
    ICheckpointStore store,
    PipelineHealth health,
    TimeProvider clock,
    ILogger<HandOver> log)
{
    /// <summary>The name under which this process acquires pipelines.</summary>
    public string Who { get; } =
        $"{(stream.Assignments.Membership is { } membership ? Prefix(membership) : null)}process {Environment.ProcessId} "
        + $"on {Environment.MachineName}";

    /// <summary>Waits until the partition is revoked, or this process may run the pipeline again.</summary>
    /// <param name="pipeline">The pipeline's name in the store.</param>
    /// <param name="revoked">Cancelled when the partition must be given up.</param>
    /// <returns>
    /// True if this process may run the pipeline again. Either the pipeline has no owner, as after a reset; or its owner is of the same
    /// group, but does not have the partition any more: else the partition would have been revoked here.
    /// </returns>
    public async Task<bool> AwaitAsync(string pipeline, CancellationToken revoked)
    {
        string? told = null;
        while (await PassesAsync(stream.Assignments.HandOver, revoked))
        {
            if (await FindOwnerAsync(pipeline, revoked) is not { } owner)
                continue;
            var who = CheckpointOwner.Who(owner);
            if (owner.Length == 0 || IsOfSameGroup(who))
            {
                RunLog.TakenBack(log, pipeline);
                health.Wait(pipeline);
                return true;
            }

            var text = Describe(who);
            health.Wait(pipeline, text);
            if (text != told)
                RunLog.NotHandedOver(log, pipeline, text);
            told = text;
        }

        return false;
    }

    private bool IsOfSameGroup(string? who) =>
        stream.Assignments.Membership is { } membership && who?.StartsWith(Prefix(membership), StringComparison.Ordinal) == true;

    private static string Prefix(string membership) => membership + ", ";

    private static string Describe(string? who) =>
        $"{who ?? "a process that does not say who it is"} has taken over what is assigned to this process, "
        + "so nothing of that is watched here. "
        + "Two groups, or two clusters, must not share the state: give each a Redis:KeyPrefix (or Sqlite:Path) of its own, "
        + "or run all processes with one Kafka:GroupId and the same Kafka:BootstrapServers; then start this process again";

    private async Task<bool> PassesAsync(TimeSpan time, CancellationToken revoked)
    {
        await Task.Delay(time, clock, revoked).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !revoked.IsCancellationRequested;
    }

    /// <summary>The owner; empty if there is none. Null if the store does not answer. The health then says so.</summary>
    private async Task<string?> FindOwnerAsync(string pipeline, CancellationToken cancel)
    {
        try
        {
            return (await store.FindAsync(pipeline, cancel))?.Owner ?? string.Empty;
        }
        catch (CheckpointStoreException problem)
        {
            health.Wait(pipeline, problem.Message);
            return null;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return null;
        }
    }
}
