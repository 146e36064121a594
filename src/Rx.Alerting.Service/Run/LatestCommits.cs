using System.Collections.Concurrent;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Service.Run;

/// <summary>The latest commit of a pipeline.</summary>
/// <param name="Id">Its number. 0: none in this process.</param>
/// <param name="At">When the store has confirmed it, by this machine's clock. Null: none in this process.</param>
/// <param name="Entries">Entries that it has written.</param>
/// <param name="Bytes">Bytes of these entries.</param>
/// <param name="Duration">From its begin until it was confirmed.</param>
/// <param name="Pause">How long the pipeline stood still for it.</param>
/// <param name="Problem">Why the next one does not succeed, as a clause; null: nothing is known to keep it.</param>
public sealed record LatestCommit(
    long Id, DateTimeOffset? At, int Entries, long Bytes, TimeSpan Duration, TimeSpan Pause, string? Problem);

/// <summary>Remembers the latest commit of each pipeline, for people. Thread-safe.</summary>
internal sealed class LatestCommits(TimeProvider clock)
{
    private static readonly LatestCommit None = new(0, null, 0, 0, TimeSpan.Zero, TimeSpan.Zero, null);

    private readonly ConcurrentDictionary<string, LatestCommit> latest = new(StringComparer.Ordinal);

    /// <summary>Null: nothing is known of the pipeline.</summary>
    public LatestCommit? Of(string pipeline) => latest.GetValueOrDefault(pipeline);

    public void Take(CheckpointEvent value)
    {
        var before = latest.GetValueOrDefault(value.Pipeline, None);
        latest[value.Pipeline] = value.Kind switch
        {
            CheckpointEventKind.Committed =>
                new(value.Id, clock.GetUtcNow(), value.Entries, value.Bytes, value.Duration, value.Pause, null),
            CheckpointEventKind.Retrying => before with { Problem = value.What },
            CheckpointEventKind.Rewriting => before with { Problem = $"the store has lost entries, so all are written anew: {value.What}" },
            CheckpointEventKind.RolledBack => before with { Problem = $"the store has lost commits; views are read again: {value.What}" },
            _ => before with { Id = value.Id, Problem = null },
        };
    }
}
