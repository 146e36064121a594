using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.EventTime;

/// <summary>The state of <see cref="WatermarksOperator.Watermarks"/>: the partitions, their merge, and the late views.</summary>
internal sealed class WatermarkState : IOperatorState
{
    private const ulong MergeEntry = 0, PartitionEntry = 1, LateEntry = 2;

    private readonly EventTimeRules rules;
    private readonly WatermarkDrift drift;
    private readonly Present present;
    private readonly TimeProvider? clock;
    private readonly PartitionTimes partitions;

    /// <param name="options">Validated.</param>
    /// <param name="paneInterval">At least one millisecond.</param>
    /// <param name="tracksChanges">Whether changes are remembered, so that a save can write changes only.</param>
    /// <param name="clock">Processing time, for partitions that have been read to their end. Null if the stream has no present.</param>
    public WatermarkState(EventTimeOptions options, TimeSpan paneInterval, bool tracksChanges = false, TimeProvider? clock = null)
    {
        this.clock = clock;
        rules = new(options, paneInterval);
        drift = new((long)options.MaximumDrift.TotalMilliseconds);
        present = new(clock);
        Late = new(tracksChanges);
        partitions = new(rules, Multiplexer, Late, present, tracksChanges);
    }

    public static StateLayout Layout { get; } = new(4,
        $"watermarks/{MergeEntry}: newestEventTime i64, {WatermarkMultiplexer.Layout}",
        $"watermarks/{PartitionEntry}: {PartitionTime.Layout}",
        $"watermarks/{LateEntry}: {LateViews.Layout}")
    {
        Upgrades =
        [
            StateUpgrade.OfEach(WatermarkVersion2.Layout, WatermarkVersion2.Upgrade),
            StateUpgrade.OfEach(WatermarkVersion3.Layout, WatermarkVersion3.Upgrade),
        ],
    };

    StateLayout IOperatorState.Layout => Layout;

    public WatermarkMultiplexer Multiplexer { get; } = new();

    public LateViews Late { get; }

    /// <summary>
    /// The newest accepted event time of all partitions, also of finished partitions; <see cref="long.MinValue"/> before the first view.
    /// </summary>
    public long NewestEventTime { get; private set; } = long.MinValue;

    /// <summary>The event time, in the future, that was forgotten after the load. Null if no event time was forgotten.</summary>
    public long? SetBackFrom { get; private set; }

    /// <summary>
    /// The partition with a fast clock: its event time is further ahead of the present than views may be out of order. Its views are
    /// decided later by that lead. Null if there is no such partition.
    /// </summary>
    public FastPartition? Fast => present.FurthestAhead() is { } furthest && furthest.By > rules.Reach
        ? new(furthest.Partition, TimeSpan.FromMilliseconds(furthest.By))
        : null;

    /// <summary>
    /// Number of views since the start or restore that were ahead of their arrival by more than views may be out of order. Such views are
    /// accepted, but decided later by that lead.
    /// </summary>
    public long Ahead => partitions.Ahead;

    /// <summary>Whether the merged watermark stays where it is, whatever comes: the pipeline is paused.</summary>
    public bool Stands { get; set; }

    /// <summary>Whether the partition's watermark is at most the maximum drift ahead of the merged watermark.</summary>
    public bool IsWithinDrift(string partition) =>
        partitions.Find(partition)?.Watermark is not { } watermark
        || watermark <= drift.Limit(Multiplexer.Watermark)
        // The present has moved on since the latest merge: by now, the merged watermark may be further.
        || watermark <= Math.Min(Multiplexer.Merged(out _), Furthest()) + drift.Maximum;

    /// <summary>Decides the views of a batch, and merges the watermark of its partition.</summary>
    /// <param name="batch">Of one partition.</param>
    /// <param name="element">Gets the batch, its late views, and the merged watermark.</param>
    public void Take(ViewBatch batch, TimedBatch element)
    {
        var partition = partitions.Change(batch.Partition);
        element.Start(batch);
        Decide(partition, element);
        drift.Begin(partition.Watermark);
        Multiplexer.Merge(Furthest());
        if (batch.Status == PartitionStatus.Finished)
        {
            partitions.Forget(batch.Partition);
            Multiplexer.Merge(Furthest());
        }

        element.Watermark = Multiplexer.Watermark;
    }

    /// <summary>
    /// The stream has ended: finishes the remaining partitions, in the order of their names. Each call finishes one partition with
    /// suspended views, and decides those views.
    /// </summary>
    /// <param name="element">Gets the decided views.</param>
    /// <returns>False if no partition has suspended views any more.</returns>
    public bool TryFinish(TimedBatch element)
    {
        if (partitions.FirstWithSuspended() is not { } name)
        {
            partitions.ForgetAll();
            return false;
        }

        element.Start(new(name) { Status = PartitionStatus.Finished });
        Decide(partitions.Change(name), element);
        element.Watermark = Multiplexer.Watermark;
        return true;
    }

    public void Save(ChangeWriter changes, bool everything)
    {
        var merge = changes.Begin(KeyOf(MergeEntry, 0));
        merge.Int64(NewestEventTime);
        Multiplexer.Save(merge);
        partitions.Save(
            partition => changes.Begin(KeyOf(PartitionEntry, partition)),
            partition => changes.Remove(KeyOf(PartitionEntry, partition)),
            everything);
        Late.Save(property => changes.Begin(KeyOf(LateEntry, property)), everything);
    }

    public void Load(StateKey key, StateReader reader)
    {
        switch (key.High)
        {
            case MergeEntry:
                NewestEventTime = reader.Int64();
                Multiplexer.Load(reader);
                break;
            case PartitionEntry:
                partitions.Load(reader);
                break;
            default:
                Late.Load(reader);
                break;
        }
    }

    /// <summary>Sets back event time that a wrong clock has moved into the future.</summary>
    /// <remarks>
    /// No view may be further ahead of this machine's clock than <see cref="EventTimeOptions.MaximumLead"/>. If event time is further
    /// ahead, a wrong clock has moved it there, and all views until then would be late. So the time of such partitions is forgotten, and
    /// the next views tell the time.
    /// </remarks>
    public void EndLoad()
    {
        if (clock?.GetUtcNow().ToUnixTimeMilliseconds() is not { } now || NewestEventTime <= now + rules.MaximumLead)
            return;

        SetBackFrom = NewestEventTime;
        drift.Forget();
        NewestEventTime = partitions.ForgetTimesAfter(now + rules.MaximumLead);
        Multiplexer.SetBack();
    }

    /// <summary>Measures drift as before the restore. Matters only while no watermark is merged.</summary>
    /// <remarks>
    /// The first watermark of a partition is not saved. But while no watermark is merged, no pane has been released, so the first views are
    /// in the earliest open pane. Without this, each restart would let the other partitions run ahead of a silent partition anew.
    /// </remarks>
    /// <param name="earliest">Begin of the earliest open pane (ms since the Unix epoch). Null if no pane is open.</param>
    public void MeasureDriftFrom(long? earliest)
    {
        if (SetBackFrom is null && earliest is { } start)
            drift.MeasureFrom(rules.WatermarkAt(start));
    }

    private static StateKey KeyOf(ulong kind, string name) => KeyOf(kind, ContentHash.Of(name));

    private static StateKey KeyOf(ulong kind, ulong hash) => new(StateSections.Watermarks, kind, hash);

    /// <summary>
    /// The furthest allowed merged watermark. While a partition is idle, the merged watermark does not go beyond the present, because the
    /// idle partition's next view may be of the present.
    /// </summary>
    private long Furthest() => Stands ? Multiplexer.Watermark
        : Multiplexer.MovesWithoutSome && present.Now is { } now ? rules.WatermarkAt(now) : long.MaxValue;

    private void Decide(PartitionTime partition, TimedBatch element)
    {
        var before = partition.Watermark;
        partition.Take(element, Multiplexer.Watermark, present);
        if (partition.Watermark > before)
            present.Observe(partition.Name, partition.NewestEventTime);
        if (partition.HasViews)
            NewestEventTime = Math.Max(NewestEventTime, partition.NewestEventTime);
    }
}
