using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Service.Sources;

namespace Rx.Alerting.Service.Run;

/// <summary>
/// What becomes of a pipeline that another process has taken over while its partition is assigned to this one. In good order, the group has given the
/// partition to that process, and this one hears of that soon. If it does not, the two disagree, and somebody has to be told.
/// </summary>
internal sealed class HandOver(WatchedStream stream, ICheckpointStore store, PipelineHealth health, TimeProvider clock, ILogger<HandOver> log)
{
    /// <summary>As what this process acquires pipelines.</summary>
    public string Who { get; } =
        $"{(stream.Assignments.Membership is { } membership ? Of(membership) : null)}process {Environment.ProcessId} on {Environment.MachineName}";

    /// <summary>Ends when the partition is revoked, or this process may run the pipeline again.</summary>
    /// <param name="pipeline">Its name in the store.</param>
    /// <param name="revoked">The partition is given up.</param>
    /// <returns>
    /// Whether to run it again: nobody owns it, as after a reset, or a process that shares the partitions with this one does. That one would have been
    /// left with the partition, if it had it.
    /// </returns>
    public async Task<bool> AwaitAsync(string pipeline, CancellationToken revoked)
    {
        string? told = null;
        while (await PassesAsync(stream.Assignments.HandOver, revoked))
        {
            if (await FindOwnerAsync(pipeline, revoked) is not { } owner)
                continue;
            var who = CheckpointOwner.Who(owner);
            if (owner.Length == 0 || IsOfOurs(who))
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

    private bool IsOfOurs(string? who) =>
        stream.Assignments.Membership is { } membership && who?.StartsWith(Of(membership), StringComparison.Ordinal) == true;

    private static string Of(string membership) => membership + ", ";

    private static string Describe(string? who) =>
        $"{who ?? "a process that does not say who it is"} has taken over what is assigned to this process, so nothing of that is watched here. "
        + "Two groups, or two clusters, must not share the state: give each a Redis:KeyPrefix (or Sqlite:Path) of its own, "
        + "or run all processes with one Kafka:GroupId and the same Kafka:BootstrapServers; then start this process again";

    private async Task<bool> PassesAsync(TimeSpan time, CancellationToken revoked)
    {
        await Task.Delay(time, clock, revoked).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !revoked.IsCancellationRequested;
    }

    /// <summary>Null: the store does not answer, which those who commit to it say.</summary>
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
