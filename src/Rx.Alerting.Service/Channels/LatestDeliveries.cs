using System.Collections.Concurrent;
using Rx.Alerting.Core.Effects;

namespace Rx.Alerting.Service.Channels;

/// <summary>How far a channel has come in the outbox of a pipeline, as it was heard last.</summary>
/// <param name="Acknowledged">The latest effect that it has taken, by its sequence. 0: none.</param>
/// <param name="At">When, by this machine's clock.</param>
/// <param name="Attempts">Attempts that have failed in a row. 0: the latest has not.</param>
/// <param name="NextAttempt">When the next attempt is made, if the latest has failed.</param>
/// <param name="Dropped">Effects that had to leave the outbox before they were delivered.</param>
/// <param name="Problem">Why the latest attempt has failed; null: it has not.</param>
public sealed record LatestDelivery(
    long Acknowledged, DateTimeOffset At, int Attempts, DateTimeOffset? NextAttempt, long Dropped, string? Problem);

/// <summary>Remembers the latest delivery of each pipeline to each channel, for people. Thread-safe.</summary>
internal sealed class LatestDeliveries(TimeProvider clock)
{
    private readonly ConcurrentDictionary<(string Pipeline, string Channel), LatestDelivery> latest = new();

    /// <summary>Null: nothing was delivered by this process, and nothing has failed.</summary>
    public LatestDelivery? Of(string pipeline, string channel) => latest.GetValueOrDefault((pipeline, channel));

    public void Take(CourierEvent value)
    {
        if (value.Kind == CourierEventKind.Retired)
        {
            latest.TryRemove((value.Pipeline, value.Channel), out _);
            return;
        }

        var (cursor, problem) = (value.Cursor, value.Kind == CourierEventKind.Failed ? value.Problem?.Message : null);
        latest[(value.Pipeline, value.Channel)] = new(
            cursor.Acknowledged, clock.GetUtcNow(), cursor.Attempts, cursor.NextAttempt, cursor.Dropped, problem);
    }
}
