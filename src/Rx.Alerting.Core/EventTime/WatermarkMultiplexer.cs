using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.EventTime;

/// <summary>
/// Merges the watermarks of partitions: the minimum over the active ones; the maximum over all when every one is idle, so
/// that the result does not depend on which fell idle last. Never goes backwards.
/// </summary>
/// <remarks>
/// <para>Semantics of Apache Flink's <c>WatermarkOutputMultiplexer</c>, which merges the partitions of one source, with the
/// states of its <c>StatusWatermarkValve</c>. A change of a partition has no effect before <see cref="Merge"/>, like Flink's
/// deferred outputs; calling <see cref="Merge"/> after every change gives its immediate ones.</para>
/// <para>A partition counts as active from its registration. One that becomes active again behind the merged watermark is not
/// <see cref="IsAligned">aligned</see>: it does not pull the merged watermark back, and, as in Flink's multiplexer, holds
/// it until it has caught up, so that no more of its views are late than already are. A removed partition leaves the merge
/// to the others; with none left the merged watermark stays where it is.</para>
/// </remarks>
internal sealed class WatermarkMultiplexer
{
    public const string Layout = "watermark i64, isIdle bool, hadPartitions bool";

    private readonly List<PartitionWatermark> partitions = [];
    private bool hadPartitions;

    /// <summary>The merged watermark; <see cref="long.MinValue"/> before the first.</summary>
    public long Watermark { get; private set; } = long.MinValue;

    /// <summary>True when, at the last merge, every partition was idle or all had been removed.</summary>
    public bool IsIdle { get; private set; }

    public IReadOnlyList<PartitionWatermark> Partitions => partitions;

    /// <summary>Whether one of several partitions is idle: then the others move the watermark without it.</summary>
    public bool MovesWithoutSome => partitions.Count > 1 && partitions.Exists(partition => partition.IsIdle);

    /// <exception cref="InvalidOperationException">A partition of this name is registered already.</exception>
    public PartitionWatermark Register(string name) => Register(new PartitionWatermark(name));

    /// <summary>Registers a partition as it was saved.</summary>
    public PartitionWatermark Register(PartitionWatermark partition)
    {
        if (partitions.Exists(known => known.Name == partition.Name))
            throw new InvalidOperationException($"The partition “{partition.Name}” is registered already.");
        partitions.Add(partition);
        hadPartitions = true;
        return partition;
    }

    /// <summary>Takes a finished partition out of the merge; <c>false</c> if there is none of this name.</summary>
    public bool Remove(string name) => partitions.RemoveAll(known => known.Name == name) > 0;

    /// <summary>True when the partition is active and not behind the merged watermark.</summary>
    public bool IsAligned(PartitionWatermark partition) => !partition.IsIdle && partition.Watermark >= Watermark;

    /// <summary>Brings <see cref="Watermark"/> and <see cref="IsIdle"/> up to date; <c>true</c> when the watermark has advanced.</summary>
    /// <param name="limit">The watermark is not moved beyond it.</param>
    public bool Merge(long limit = long.MaxValue)
    {
        if (partitions.Count == 0)
        {
            IsIdle = hadPartitions;
            return false;
        }

        var merged = Math.Min(Merged(out var isIdle), limit);
        IsIdle = isIdle;
        if (merged <= Watermark)
            return false;
        Watermark = merged;
        return true;
    }

    /// <summary>What the partitions make of the watermark just now, which may be behind <see cref="Watermark"/>.</summary>
    /// <param name="isIdle">Whether all are idle.</param>
    public long Merged(out bool isIdle)
    {
        var maximum = long.MinValue;
        var minimumOfActive = long.MaxValue;
        isIdle = true;
        foreach (var partition in partitions)
        {
            maximum = Math.Max(maximum, partition.Watermark);
            if (partition.IsIdle)
                continue;
            minimumOfActive = Math.Min(minimumOfActive, partition.Watermark);
            isIdle = false;
        }

        return isIdle ? maximum : minimumOfActive;
    }

    /// <summary>Takes back what a wrong clock has done: the merged watermark is that of the partition furthest behind whose watermark is known.</summary>
    public void SetBack()
    {
        var known = partitions.Where(partition => partition.Watermark > long.MinValue).Select(partition => partition.Watermark).ToList();
        Watermark = Math.Min(Watermark, known.Count == 0 ? long.MinValue : known.Min());
    }

    /// <summary>The merge itself; partitions are saved one by one, and registered again before this is loaded.</summary>
    public void Save(StateWriter writer)
    {
        writer.Int64(Watermark);
        writer.Boolean(IsIdle);
        writer.Boolean(hadPartitions);
    }

    public void Load(StateReader reader)
    {
        Watermark = reader.Int64();
        IsIdle = reader.Boolean();
        hadPartitions = reader.Boolean();
    }
}
