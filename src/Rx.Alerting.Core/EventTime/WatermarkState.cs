using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.EventTime;

/// <summary>All that <see cref="WatermarksOperator.Watermarks"/> knows: the partitions, their merge, and what came late.</summary>
/// <param name="options">Validated.</param>
/// <param name="paneInterval">At least one millisecond.</param>
/// <param name="tracksChanges">Whether what changes is remembered, for saves of changes only.</param>
/// <param name="clock">Processing time, for what is at its end; null: the stream has no present.</param>
internal sealed class WatermarkState(EventTimeOptions options, TimeSpan paneInterval, bool tracksChanges = false, TimeProvider? clock = null) : IOperatorState
{
    private const ulong MergeEntry = 0, PartitionEntry = 1, LateEntry = 2;

    private readonly EventTimeRules rules = new(options, paneInterval);
    private readonly Dictionary<string, PartitionTime> partitions = [];
    private readonly long maximumDrift = (long)options.MaximumDrift.TotalMilliseconds;
    private readonly ChangeLog<string> log = new(tracksChanges);
    private long finishedAhead;
    private readonly Present present = new(clock);

    /// <summary>The first watermark of any partition: from where drift is measured until there is a merged one.</summary>
    private long firstWatermark = long.MinValue;

    public static StateLayout Layout { get; } = new(2,
        $"watermarks/{MergeEntry}: newestEventTime i64, {WatermarkMultiplexer.Layout}",
        $"watermarks/{PartitionEntry}: {PartitionTime.Layout}",
        $"watermarks/{LateEntry}: {LateViews.Layout}");

    StateLayout IOperatorState.Layout => Layout;

    public WatermarkMultiplexer Multiplexer { get; } = new();

    public LateViews Late { get; } = new(tracksChanges);

    /// <summary>The newest accepted event time of all partitions, finished ones included; <see cref="long.MinValue"/>: none.</summary>
    public long NewestEventTime { get; private set; } = long.MinValue;

    /// <summary>Where event time stood, in the future, that was forgotten when it was loaded; null: it was not.</summary>
    public long? SetBackFrom { get; private set; }

    /// <summary>
    /// The partition whose clock is fast: further ahead of the present than views may be out of order. Its views are decided that much later.
    /// Null: no partition is.
    /// </summary>
    public FastPartition? Fast =>
        present.FurthestAhead() is { } furthest && furthest.By > rules.Reach ? new(furthest.Partition, TimeSpan.FromMilliseconds(furthest.By)) : null;

    /// <summary>Views that were ahead of their arrival by more than views may be out of order, since this was made: accepted, but decided that much later.</summary>
    public long Ahead => finishedAhead + partitions.Values.Sum(partition => partition.Ahead);

    /// <summary>False while the partition's watermark is further ahead of the merged one, as it would be now, than it may be.</summary>
    public bool IsAligned(string partition)
    {
        var slowest = Multiplexer.Watermark == long.MinValue ? firstWatermark : Multiplexer.Watermark;
        return slowest == long.MinValue
            || !partitions.TryGetValue(partition, out var time)
            || time.Watermark <= slowest + maximumDrift
            || time.Watermark <= Math.Min(Multiplexer.Merged(out _), Limit()) + maximumDrift;
    }

    /// <summary>Decides the views of <paramref name="batch"/> and merges its partition's watermark.</summary>
    public void Take(ViewBatch batch, TimedBatch element)
    {
        if (!partitions.TryGetValue(batch.Partition, out var partition))
        {
            partition = new(rules, Multiplexer.Register(batch.Partition), Late);
            partitions.Add(batch.Partition, partition);
            present.Add(batch.Partition);
        }

        log.Changed(batch.Partition);
        element.Start(batch);
        Decide(partition, element);
        if (firstWatermark == long.MinValue)
            firstWatermark = partition.Watermark;
        Multiplexer.Merge(Limit());
        if (batch.Status == PartitionStatus.Finished)
        {
            Forget(batch.Partition);
            Multiplexer.Merge(Limit());
        }

        element.Watermark = Multiplexer.Watermark;
    }

    /// <summary>
    /// The stream has ended: finishes every partition that has not, by name. Each call decides the suspended views of one and
    /// gives them in <paramref name="element"/>; <c>false</c> when none has any more.
    /// </summary>
    public bool TryFinish(TimedBatch element)
    {
        var name = partitions.Values.Where(partition => partition.HasSuspended).Select(partition => partition.Name).Min(StringComparer.Ordinal);
        if (name is null)
        {
            foreach (var partition in partitions.Keys)
                Forget(partition);
            return false;
        }

        log.Changed(name);
        element.Start(new(name) { Status = PartitionStatus.Finished });
        Decide(partitions[name], element);
        element.Watermark = Multiplexer.Watermark;
        return true;
    }

    public void Save(ChangeWriter changes, bool everything)
    {
        var merge = changes.Begin(KeyOf(MergeEntry, 0));
        merge.Int64(NewestEventTime);
        Multiplexer.Save(merge);
        if (everything)
        {
            foreach (var partition in partitions.Keys)
                Write(partition);
        }
        else
        {
            log.Take(Write, partition => changes.Remove(KeyOf(PartitionEntry, KeyHash.Of(partition))));
        }

        Late.Save(property => changes.Begin(KeyOf(LateEntry, KeyHash.Of(property))), everything);

        void Write(string partition) => partitions[partition].Save(changes.Begin(KeyOf(PartitionEntry, KeyHash.Of(partition))));
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
                var partition = PartitionTime.Load(reader, rules, Multiplexer, Late);
                partitions.Add(partition.Name, partition);
                present.Add(partition.Name);
                if (partition.HasViews)
                    present.Observe(partition.Name, partition.NewestEventTime);
                log.Loaded(partition.Name);
                break;
            default:
                Late.Load(reader);
                break;
        }
    }

    /// <summary>
    /// Event time that is further ahead of this machine's clock than a view may be was moved there by a wrong clock, and all views until then would be
    /// late. So the time of such partitions is forgotten: the views that come next tell it.
    /// </summary>
    public void EndLoad()
    {
        if (clock?.GetUtcNow().ToUnixTimeMilliseconds() is not { } now || NewestEventTime <= now + rules.MaximumLead)
            return;

        (SetBackFrom, NewestEventTime, firstWatermark) = (NewestEventTime, long.MinValue, long.MinValue);
        foreach (var partition in partitions.Values)
        {
            if (partition.HasViews && partition.NewestEventTime > now + rules.MaximumLead)
            {
                partition.ForgetTime();
                present.Forget(partition.Name);
                present.Add(partition.Name);
            }

            if (partition.HasViews)
                NewestEventTime = Math.Max(NewestEventTime, partition.NewestEventTime);
            log.Changed(partition.Name);
        }

        Multiplexer.SetBack();
    }

    /// <summary>
    /// Measures drift as before the restore where no watermark has been merged yet: the first watermark of a partition is not saved, but nothing has
    /// been decided, so the first views are in open panes. Else each restart would let the others run ahead of a silent partition anew.
    /// </summary>
    /// <param name="earliest">Begin of the earliest open pane (ms since the Unix epoch); null: there is none.</param>
    public void MeasureDriftFrom(long? earliest)
    {
        if (SetBackFrom is null && earliest is { } start)
            firstWatermark = rules.WatermarkAt(start);
    }

    private static StateKey KeyOf(ulong kind, ulong hash) => new(StateSections.Watermarks, kind, hash);

    private void Forget(string partition)
    {
        if (partitions.Remove(partition, out var finished))
            finishedAhead += finished.Ahead;
        present.Forget(partition);
        Multiplexer.Remove(partition);
        log.Removed(partition);
    }

    /// <summary>Beyond the present, event time does not move without a partition that is idle: the partition's next view may be of the present.</summary>
    private long Limit() => Multiplexer.MovesWithoutSome && present.Now is { } now ? rules.WatermarkAt(now) : long.MaxValue;

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
