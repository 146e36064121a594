using Rx.Alerting.Core.Panes;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>When the stream first reached a pane, by processing time, for the panes reached last. No part of the state.</summary>
/// <remarks>
/// Panes between two that were reached have the arrival of the later one: nothing of them can have come before. So a leap in event time
/// takes one place only. What a pane that was reached long ago is about is not known any more.
/// </remarks>
/// <param name="clock">Processing time.</param>
/// <param name="interval">Event time of a pane.</param>
internal sealed class Arrivals(TimeProvider clock, TimeSpan interval)
{
    /// <summary>Ten minutes of panes of a second.</summary>
    private const int Kept = 600;

    private readonly long interval = (long)interval.TotalMilliseconds;
    private readonly Queue<(long Pane, long At)> reached = new(Kept);
    private long newest;

    /// <summary>A batch has been pushed. Later panes have now been reached.</summary>
    /// <param name="newestEventTime">Of all views so far (ms since the Unix epoch); <see cref="long.MinValue"/>: none has come.</param>
    public void Reach(long newestEventTime)
    {
        if (newestEventTime == long.MinValue || (reached.Count > 0 && newestEventTime < newest + interval))
            return;
        var pane = PaneState.StartOf(newestEventTime, interval);
        newest = pane;
        if (reached.Count == Kept)
            reached.Dequeue();
        reached.Enqueue((pane, clock.GetTimestamp()));
    }

    /// <summary>
    /// The timestamp at which the stream reached the pane of an event time. Null: it was reached before the restore, or too long ago.
    /// </summary>
    public long? Of(DateTimeOffset eventTime)
    {
        var pane = PaneState.StartOf(eventTime.ToUnixTimeMilliseconds(), interval);
        if (reached.Count == 0 || pane < reached.Peek().Pane)
            return null;
        foreach (var (known, at) in reached)
        {
            if (known >= pane)
                return at;
        }

        return null;
    }
}
