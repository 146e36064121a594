using System.Globalization;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Service.Run;

/// <summary>
/// Follows the pipelines that have lost state, and read views again that they had read before. Until such a pipeline has caught up,
/// incidents may be missing in the API. The log, the service's health, and the API's answers say so.
/// </summary>
/// <remarks>
/// A pipeline has caught up in each of these cases:
/// <list type="bullet">
/// <item>Its watermark is where it was before the loss.</item>
/// <item>That watermark is not known, and the pipeline's watermark is at the time at which the pipeline began anew.</item>
/// <item>All its partitions have been read to their end.</item>
/// </list>
/// </remarks>
internal sealed class CatchingUp(PipelineStatus status, PipelineHealth health, TimeProvider clock, ILogger<CatchingUp> log)
    : PeriodicService(TimeSpan.FromSeconds(1), clock)
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, Loss> losses = new(StringComparer.Ordinal);

    /// <summary>Why incidents may be missing, for the API's users. Null if none are missing.</summary>
    public string? Notice
    {
        get
        {
            lock (gate)
                return losses.Count == 0 ? null : string.Join("; ", losses.Select(loss => Text(loss.Key, loss.Value)));
        }
    }

    public void Take(CheckpointEvent value)
    {
        if (value.Kind == CheckpointEventKind.RolledBack)
            Begin(value.Pipeline, status.Latest.GetValueOrDefault(value.Pipeline)?.Watermark);
        else if (value is { Kind: CheckpointEventKind.Restored, Lost: not null })
            Begin(value.Pipeline, null);
    }

    /// <summary>Checks whether pipelines have caught up.</summary>
    public override void LookAgain()
    {
        var latest = status.Latest;
        List<KeyValuePair<string, Loss>> all;
        lock (gate)
            all = [.. losses];
        foreach (var (pipeline, loss) in all)
        {
            var now = latest.GetValueOrDefault(pipeline);
            // The statistics from the begin do not count: a partition that was idle when it was saved is idle in them.
            var isAtEnd = now is { IsIdle: true } && !ReferenceEquals(now, status.Beginning(pipeline));
            if (now?.Watermark >= loss.Until || isAtEnd)
                End(pipeline);
            else
                health.Doubt(Key(pipeline), Text(pipeline, loss));
        }
    }

    private void Begin(string pipeline, DateTimeOffset? until)
    {
        var now = Clock.GetUtcNow();
        Loss loss;
        lock (gate)
            loss = losses[pipeline] = losses.TryGetValue(pipeline, out var known) ? known : new(until ?? now, now);
        health.Doubt(Key(pipeline), Text(pipeline, loss));
    }

    private void End(string pipeline)
    {
        lock (gate)
            losses.Remove(pipeline);
        health.Doubt(Key(pipeline), null);
        RunLog.CaughtUp(log, pipeline);
    }

    private string Text(string pipeline, Loss loss) => string.Create(
        CultureInfo.InvariantCulture,
        $"{pipeline} lost its state at {loss.At:u} and reads anew: "
        + $"incidents may be missing until event time is {loss.Until:u}; it is {Reached(pipeline)}");

    private string Reached(string pipeline) => status.Latest.GetValueOrDefault(pipeline)?.Watermark is { } watermark
        ? watermark.ToString("u", CultureInfo.InvariantCulture)
        : "not known yet";

    private static string Key(string pipeline) => $"{pipeline} catching up";

    private sealed record Loss(DateTimeOffset Until, DateTimeOffset At);
}
