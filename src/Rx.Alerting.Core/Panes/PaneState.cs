using System.Runtime.CompilerServices;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.EventTime;

namespace Rx.Alerting.Core.Panes;

/// <summary>The panes that the watermark has not passed yet.</summary>
/// <param name="interval">Event time covered by one pane.</param>
/// <param name="tracksChanges">Whether changes are remembered, so that a save can write changes only.</param>
internal sealed class PaneState(TimeSpan interval, bool tracksChanges = false) : IOperatorState
{
    private readonly long interval = (long)interval.TotalMilliseconds;
    private readonly PaneQueue open = new();
    private readonly SparePanes spare = new();
    private readonly PaneEntries entries = new((long)interval.TotalMilliseconds, tracksChanges);

    /// <summary>
    /// Open panes by the last digits of their number, at most one pane for each value. Views come nearly in the order of their time, so
    /// nearly every view's pane is found here.
    /// </summary>
    private readonly Pane?[] recent = new Pane?[256];

    /// <summary>The pane of the latest view. In dense traffic, the next view is in this pane, too.</summary>
    private Pane? latest;

    public static StateLayout Layout { get; } = new(6, PaneEntries.Layout)
    {
        Upgrades =
        [
            StateUpgrade.OfEach(PaneVersion3.Layout, PaneVersion3.Upgrade),
            StateUpgrade.OfEach(PaneVersion4.Layout, PaneVersion4.Upgrade),
            StateUpgrade.OfEach(PaneVersion5.Layout, PaneVersion5.Upgrade),
        ],
    };

    StateLayout IOperatorState.Layout => Layout;

    long IOperatorState.ChangedBytes
    {
        get
        {
            var bytes = 0L;
            foreach (var pane in open.All)
                bytes += pane.UsedBytes;
            return bytes;
        }
    }

    /// <summary>How many panes are open.</summary>
    public int Count => open.Count;

    /// <summary>Bytes of the buffers of open and of spare panes, without what a commit has of open ones.</summary>
    public long RoomBytes
    {
        get
        {
            var bytes = SpareBytes;
            foreach (var pane in open.All)
                bytes += pane.RoomBytes;
            return bytes;
        }
    }

    /// <summary>Begin of the earliest open pane (ms since the Unix epoch). Null if no pane is open.</summary>
    public long? Earliest => open.First?.Start;

    /// <summary>The open pane of an event time. Opens the pane if it is not open.</summary>
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
    /// Counts a late view in the first pane that its watermark has not passed. So the late view is told at the same moment of event time,
    /// wherever batches were cut.
    /// </summary>
    public void AddLate(in LateView late) =>
        Of(late.Watermark + 1).AddLate(late.View.PropertyHash, StartOf(late.View.EventTime, interval));

    /// <summary>Takes the earliest open pane if the watermark has passed the pane's last millisecond.</summary>
    public bool TryTake(long watermark, out Pane pane)
    {
        pane = open.First!;
        if (pane is null || pane.End - 1 > watermark)
            return false;
        open.RemoveFirst();
        ref var known = ref Recent(NumberOf(pane.Start, interval));
        if (known == pane)
            known = null;
        if (latest == pane)
            latest = null;
        if (pane.Before is not null)
        {
            entries.Removed(pane);
            pane = AddUp(pane);
        }

        spare.Observe(pane);
        return true;
    }

    /// <summary>Returns a taken pane, for reuse. After a burst, not all panes are kept.</summary>
    public void Return(Pane pane) => spare.Return(pane);

    /// <inheritdoc cref="SparePanes.Bytes"/>
    public long SpareBytes => spare.Bytes;

    /// <summary>Begin of the pane of <paramref name="eventTime"/>, both in milliseconds since the Unix epoch.</summary>
    public static long StartOf(long eventTime, long interval) => NumberOf(eventTime, interval) * interval;

    public void Save(ChangeWriter changes, bool everything)
    {
        foreach (ref var pane in open.All)
        {
            if (everything)
                entries.SaveWhole(pane, changes);
            else if (!pane.IsEmpty)
                SaveAdded(ref pane, changes);
        }

        if (!everything)
            entries.SaveRemoved(changes);
    }

    public void Load(StateKey key, StateReader reader)
    {
        var saved = reader.Int64();
        if (saved != interval)
            throw OtherInterval(saved);
        var start = reader.Int64();
        var pane = FindOrOpen(start);
        pane.Before ??= New(start);
        PaneEntries.Load(key, reader, pane);
    }

    private CheckpointFormatException OtherInterval(long saved) => new(
        $"The checkpoint has panes of {saved} ms, the configuration says {interval} ms: "
        + "set Windows:PaneInterval to the former, or begin anew with “rx-alerting checkpoint reset”.",
        CheckpointFormatProblem.OtherOptions);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long NumberOf(long eventTime, long interval)
    {
        var number = eventTime / interval;
        return number * interval > eventTime ? number - 1 : number;
    }

    private ref Pane? Recent(long number) => ref recent[(ulong)number % 256];

    private Pane FindOrOpen(long start)
    {
        var index = open.Find(start);
        if (index >= 0)
            return open[index];
        var pane = New(start);
        open.Insert(~index, pane);
        return pane;
    }

    private Pane New(long start)
    {
        var pane = spare.Take();
        pane.Reset(start, start + interval);
        return pane;
    }

    /// <summary>
    /// Writes the counts since the latest save. Later views of the interval are counted in a new pane, until the pane is released.
    /// </summary>
    private void SaveAdded(ref Pane pane, ChangeWriter changes)
    {
        var added = pane;
        pane = New(added.Start);
        ref var known = ref Recent(NumberOf(added.Start, interval));
        if (known == added)
            known = pane;
        latest = null;
        if (added.Entries < PaneEntries.Maximum)
        {
            entries.Save(added, added.Entries, changes);
            (pane.Before, pane.Entries) = (added, added.Entries + 1);
            return;
        }

        entries.Removed(added);
        (pane.Before, pane.Entries) = (AddUp(added), 1);
        entries.Save(pane.Before, 0, changes);
    }

    /// <summary>Adds a pane, and the panes before it, to the oldest of these panes, which is nearly always the largest.</summary>
    /// <returns>The oldest pane.</returns>
    private Pane AddUp(Pane pane)
    {
        var oldest = pane;
        while (oldest.Before is { } before)
            oldest = before;
        while (pane.Before is { } next)
        {
            oldest.Add(pane);
            Return(pane);
            pane = next;
        }

        return oldest;
    }
}
