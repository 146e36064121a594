using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.EventTime;

namespace Rx.Alerting.Core.Windows;

/// <summary>The panes that the watermark has not passed yet.</summary>
internal sealed class PaneState(TimeSpan interval) : IOperatorState
{
    private const int MaximumSpare = 4096;

    private readonly long interval = (long)interval.TotalMilliseconds;
    private readonly PaneQueue open = new();
    private readonly Stack<Pane> spare = new();
    private Pane? latest;

    public string Name => "panes";

    public int Version => 1;

    /// <summary>The pane of <paramref name="eventTime"/>.</summary>
    public Pane Of(long eventTime)
    {
        if (latest is { } pane && eventTime >= pane.Start && eventTime < pane.End)
            return pane;
        var start = StartOf(eventTime, interval);
        var index = open.Find(start);
        return latest = index >= 0 ? open[index] : Open(start, ~index);
    }

    /// <summary>
    /// Counts a late view in the first pane that its watermark has not passed: so it is told of at the same moment of event
    /// time, wherever batches were cut.
    /// </summary>
    public void AddLate(in LateView late) =>
        Of(late.Watermark + 1).Late.Add(late.View.PropertyHash, StartOf(late.View.EventTime, interval));

    /// <summary>Takes the earliest pane that ends at or before <paramref name="watermark"/> + 1 ms, if there is one.</summary>
    public bool TryTake(long watermark, out Pane pane)
    {
        pane = open.First!;
        if (pane is null || pane.End - 1 > watermark)
            return false;
        open.RemoveFirst();
        if (latest == pane)
            latest = null;
        return true;
    }

    /// <summary>Gives a taken pane back for use anew; after a burst, not all are kept.</summary>
    public void Return(Pane pane)
    {
        if (spare.Count < MaximumSpare)
            spare.Push(pane);
    }

    /// <summary>Begin of the pane of <paramref name="eventTime"/>, both in milliseconds since the Unix epoch.</summary>
    public static long StartOf(long eventTime, long interval)
    {
        var remainder = eventTime % interval;
        return eventTime - (remainder < 0 ? remainder + interval : remainder);
    }

    public void Save(StateWriter writer)
    {
        writer.Int64(interval);
        writer.Int32(open.Count);
        var order = new PaneOrder();
        foreach (var pane in open.All)
            PaneEncoding.Save(pane, order, writer);
    }

    public void Load(StateReader reader)
    {
        var saved = reader.Int64();
        if (saved != interval)
            throw new CheckpointFormatException($"The checkpoint has panes of {saved} ms, the configuration says {interval} ms: set Windows:PaneInterval to the former, or start without the checkpoint.");
        open.Clear();
        latest = null;
        for (var panes = reader.Count(); panes > 0; panes--)
        {
            var start = reader.Int64();
            PaneEncoding.Load(Open(start, ~open.Find(start)), reader);
        }
    }

    private Pane Open(long start, int index)
    {
        if (!spare.TryPop(out var pane))
            pane = new Pane();
        pane.Reset(start, start + interval);
        open.Insert(index, pane);
        return pane;
    }
}
