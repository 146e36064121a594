using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.EventTime;

/// <summary>All that <see cref="WatermarksOperator.Watermarks"/> knows: the partitions, their merge, and what came late.</summary>
/// <param name="options">Validated.</param>
/// <param name="paneInterval">At least one millisecond.</param>
internal sealed class WatermarkState(EventTimeOptions options, TimeSpan paneInterval) : IOperatorState
{
    private readonly EventTimeRules rules = new(options, paneInterval);
    private readonly Dictionary<string, PartitionTime> partitions = [];

    public string Name => "watermarks";

    public int Version => 1;

    public WatermarkMultiplexer Multiplexer { get; } = new();

    public LateViews Late { get; } = new();

    /// <summary>The newest accepted event time of all partitions, finished ones included; <see cref="long.MinValue"/>: none.</summary>
    public long NewestEventTime { get; private set; } = long.MinValue;

    /// <summary>Decides the views of <paramref name="batch"/> and merges its partition's watermark.</summary>
    public void Take(ViewBatch batch, TimedBatch element)
    {
        if (!partitions.TryGetValue(batch.Partition, out var partition))
        {
            partition = new(rules, Multiplexer.Register(batch.Partition), Late);
            partitions.Add(batch.Partition, partition);
        }

        element.Start(batch);
        Decide(partition, element);
        Multiplexer.Merge();
        if (batch.Status == PartitionStatus.Finished)
        {
            partitions.Remove(batch.Partition);
            Multiplexer.Remove(batch.Partition);
            Multiplexer.Merge();
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
                Multiplexer.Remove(partition);
            partitions.Clear();
            return false;
        }

        element.Start(new(name) { Status = PartitionStatus.Finished });
        Decide(partitions[name], element);
        element.Watermark = Multiplexer.Watermark;
        return true;
    }

    public void Save(StateWriter writer)
    {
        writer.Int64(NewestEventTime);
        Multiplexer.Save(writer);
        foreach (var output in Multiplexer.Partitions)
            partitions[output.Name].Save(writer);
        Late.Save(writer);
    }

    public void Load(StateReader reader)
    {
        NewestEventTime = reader.Int64();
        Multiplexer.Load(reader);
        partitions.Clear();
        foreach (var output in Multiplexer.Partitions)
        {
            var partition = new PartitionTime(rules, output, Late);
            partition.Load(reader);
            partitions.Add(output.Name, partition);
        }

        Late.Load(reader);
    }

    private void Decide(PartitionTime partition, TimedBatch element)
    {
        partition.Take(element, Multiplexer.Watermark);
        if (partition.HasViews)
            NewestEventTime = Math.Max(NewestEventTime, partition.NewestEventTime);
    }
}
