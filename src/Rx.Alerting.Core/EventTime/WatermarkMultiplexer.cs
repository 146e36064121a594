using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.EventTime;

/// <summary>Merges the watermarks of partitions. The merged watermark never goes backwards.</summary>
/// <remarks>
/// <list type="table">
/// <listheader><term>Partitions</term><description>Merged watermark</description></listheader>
/// <item><term>some are active</term><description>the minimum over the active partitions</description></item>
/// <item>
/// <term>all are idle</term>
/// <description>the maximum over all partitions, so that the order in which they became idle does not matter</description>
/// </item>
/// <item><term>none is left</term><description>stays where it is</description></item>
/// </list>
/// <para>
/// The semantics are those of Apache Flink's <c>WatermarkOutputMultiplexer</c>, which merges the partitions of one source, with the states
/// of its <c>StatusWatermarkValve</c>:
/// </para>
/// <list type="bullet">
/// <item>A change of a partition has no effect before <see cref="Merge"/>, like Flink's deferred outputs. Calling <see cref="Merge"/> after
/// every change gives Flink's immediate outputs.</item>
/// <item>A partition counts as active from its registration on.</item>
/// <item>A partition may become active again behind the merged watermark. Then the partition is not <see cref="IsAligned">aligned</see>. It
/// does not pull the merged watermark back, but holds it until the partition has caught up. So no more of its views become late.</item>
/// <item>A removed partition has no effect on the merge any more.</item>
/// </list>
/// </remarks>
internal sealed class WatermarkMultiplexer
{
    public const string Layout = "watermark i64, isIdle bool, hadPartitions bool";

    private readonly List<PartitionWatermark> partitions = [];
    private bool hadPartitions;

    /// <summary>The merged watermark; <see cref="long.MinValue"/> before the first.</summary>
    public long Watermark { get; private set; } = long.MinValue;

    /// <summary>Whether, at the last merge, all partitions were idle or had been removed.</summary>
    public bool IsIdle { get; private set; }

    public IReadOnlyList<PartitionWatermark> Partitions => partitions;

    /// <summary>
    /// Whether at least one of several partitions is idle, so that the others move the watermark without the idle partition.
    /// </summary>
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

    /// <summary>Takes a finished partition out of the merge.</summary>
    /// <returns>False if there is no such partition.</returns>
    public bool Remove(string name) => partitions.RemoveAll(known => known.Name == name) > 0;

    /// <summary>Whether the partition is active and not behind the merged watermark.</summary>
    public bool IsAligned(PartitionWatermark partition) => !partition.IsIdle && partition.Watermark >= Watermark;

    /// <summary>Brings <see cref="Watermark"/> and <see cref="IsIdle"/> up to date.</summary>
    /// <param name="limit">The watermark is not moved beyond this limit.</param>
    /// <returns>Whether the watermark has advanced.</returns>
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

    /// <summary>Computes the merge of the partitions' watermarks. It may be behind <see cref="Watermark"/>.</summary>
    /// <param name="isIdle">Whether all partitions are idle.</param>
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

    /// <summary>Takes back a move by a wrong clock: sets the merged watermark to the lowest known watermark of a partition.</summary>
    public void SetBack()
    {
        var known = partitions.Select(partition => partition.Watermark).Where(watermark => watermark > long.MinValue).ToList();
        Watermark = Math.Min(Watermark, known.Count == 0 ? long.MinValue : known.Min());
    }

    /// <summary>Saves the merge, without the partitions. They are saved and registered again one by one.</summary>
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
