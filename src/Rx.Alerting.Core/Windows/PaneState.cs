using System.Runtime.CompilerServices;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.EventTime;

namespace Rx.Alerting.Core.Windows;

/// <summary>The panes that the watermark has not passed yet.</summary>
/// <param name="interval">Event time covered by one pane.</param>
/// <param name="tracksChanges">Whether what changes is remembered, for saves of changes only.</param>
internal sealed class PaneState(TimeSpan interval, bool tracksChanges = false) : IOperatorState
{
    private const int MaximumSpare = 4096;

    private readonly long interval = (long)interval.TotalMilliseconds;
    private readonly PaneQueue open = new();
    private readonly Stack<Pane> spare = new();
    private readonly ChangeLog<long> log = new(tracksChanges);
    private readonly PaneOrder order = new();

    /// <summary>
    /// Open panes by the last digits of their number, one for each: views come in nearly the order of their time, so the
    /// pane of nearly every view is found here. All of them are known to have changed since the last save.
    /// </summary>
    private readonly Pane?[] recent = new Pane?[256];

    /// <summary>One of <see cref="recent"/>: in dense traffic, the next view's as well.</summary>
    private Pane? latest;

    public static StateLayout Layout { get; } = new(2,
        $"panes: interval i64, {PaneEncoding.Layout}");

    StateLayout IOperatorState.Layout => Layout;

    /// <summary>The pane of <paramref name="eventTime"/>.</summary>
    public Pane Of(long eventTime)
    {
        if (latest is { } dense && eventTime >= dense.Start && eventTime < dense.End)
            return dense;
        var number = NumberOf(eventTime, interval);
        ref var pane = ref Recent(number);
        if (pane is null || pane.Start != number * interval)
            pane = FindOrOpen(number * interval);
        return latest = pane;
    }

    /// <summary>
    /// Counts a late view in the first pane that its watermark has not passed: so it is told of at the same moment of event
    /// time, wherever batches were cut.
    /// </summary>
    public void AddLate(in LateView late) =>
        Of(late.Watermark + 1).AddLate(late.View.PropertyHash, StartOf(late.View.EventTime, interval));

    /// <summary>Takes the earliest pane that ends at or before <paramref name="watermark"/> + 1 ms, if there is one.</summary>
    public bool TryTake(long watermark, out Pane pane)
    {
        pane = open.First!;
        if (pane is null || pane.End - 1 > watermark)
            return false;
        open.RemoveFirst();
        log.Removed(pane.Start);
        ref var known = ref Recent(NumberOf(pane.Start, interval));
        if (known == pane)
            known = null;
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
    public static long StartOf(long eventTime, long interval) => NumberOf(eventTime, interval) * interval;

    public void Save(ChangeWriter changes, bool everything)
    {
        if (everything)
        {
            foreach (var pane in open.All)
                Write(pane);
            return;
        }

        Array.Clear(recent); // Their next view is a change again.
        latest = null;
        log.Take(start => Write(open[open.Find(start)]), start => changes.Remove(KeyOf(start)));

        void Write(Pane pane)
        {
            var writer = changes.Begin(KeyOf(pane.Start));
            writer.Int64(interval);
            PaneEncoding.Save(pane, order, writer);
        }
    }

    public void Load(StateKey key, StateReader reader)
    {
        var saved = reader.Int64();
        if (saved != interval)
            throw new CheckpointFormatException($"The checkpoint has panes of {saved} ms, the configuration says {interval} ms: set Windows:PaneInterval to the former, or begin anew with “rx-alerting checkpoint reset”.", CheckpointFormatProblem.OtherOptions);
        var start = reader.Int64();
        PaneEncoding.Load(Open(start, ~open.Find(start)), reader);
        log.Loaded(start);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long NumberOf(long eventTime, long interval)
    {
        var number = eventTime / interval;
        return number * interval > eventTime ? number - 1 : number;
    }

    private static StateKey KeyOf(long start) => new(StateSections.Panes, 0, unchecked((ulong)start));

    private ref Pane? Recent(long number) => ref recent[(ulong)number % 256];

    private Pane FindOrOpen(long start)
    {
        log.Changed(start);
        var index = open.Find(start);
        return index >= 0 ? open[index] : Open(start, ~index);
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
