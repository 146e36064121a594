using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Rx.Alerting.Connectors.Positions;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Kafka.Reading;

/// <summary>Places partitions at their offsets.</summary>
internal sealed partial class PartitionReaders
{
    private void Place(List<PartitionReader> lost, CancellationToken cancellation)
    {
        if (lost.Count == 0)
            return;
        var (oldest, ends) = Ask(lost, cancellation);
        for (var i = 0; i < lost.Count; i++)
            lost[i].MoveTo(offsets.Known(lost[i].Name, lost[i].Position, shape.Id, oldest[i], ends[i]));
        consumer.Move(lost);
    }

    /// <summary>Begins to read the partitions that are not read yet.</summary>
    /// <returns>Whether there were any.</returns>
    private bool Add(IObserver<ViewBatch> observer, CancellationToken cancellation)
    {
        var numbers = Enumerable.Range(0, shape.Partitions)
            .Where(number => !byNumber.ContainsKey(number) && (assigned is null || assigned.Partition == number));
        var added = numbers.Select(number => new PartitionReader(
            new(options.Topic, number), KafkaViewSource.Name(options.Topic, number), options)).ToList();
        if (added.Count == 0)
            return false;
        var (oldest, ends) = Ask(added, cancellation);
        var starts = IsLatest ? Latest(added, ends, cancellation) : oldest;
        for (var i = 0; i < added.Count; i++)
        {
            var position = positions.TryGetValue(added[i].Name, out var text)
                ? offsets.Known(added[i].Name, StartOffsets.Parse(added[i].Name, text), shape.Id, oldest[i], ends[i])
                : new(starts[i], shape.Id);
            added[i].MoveTo(position);
        }

        foreach (var partition in added)
        {
            cancellation.ThrowIfCancellationRequested();
            partition.Push(partition.TakeBatch(), observer); // Empty: the observer learns that the partition exists.
            all.Add(partition);
            byNumber.Add(partition.Number, partition);
        }

        consumer.Assign(added);
        return true;
    }

    /// <summary>
    /// Whether partitions without a position begin behind their newest record. That is so only at the first start: no partition of the
    /// topic has a position.
    /// </summary>
    private bool IsLatest =>
        options.StartAt == StartAt.Latest
        && all.Count == 0
        && !positions.Keys.Any(name => KafkaViewSource.Number(options.Topic, name) is not null);

    /// <summary>
    /// The offsets behind the newest record. For a member of a group, the offsets at the time when it joined, because a partition may be
    /// assigned to it long after that.
    /// </summary>
    private long[] Latest(List<PartitionReader> which, long[] ends, CancellationToken cancellation)
    {
        if (assigned is null)
            return ends;
        var joined = OffsetSpec.ForTimestamp(assigned.Since.ToUnixTimeMilliseconds());
        var since = consumer.Ask(topic => topic.OffsetsAsync(Names(which), joined), cancellation);
        return [.. since.Select((offset, i) => offset < 0 ? ends[i] : offset)];
    }

    private static List<TopicPartition> Names(List<PartitionReader> which) => [.. which.Select(reading => reading.Partition)];

    private (long[] Oldest, long[] Ends) Ask(List<PartitionReader> which, CancellationToken cancellation)
    {
        var names = Names(which);
        return (
            consumer.Ask(topic => topic.OffsetsAsync(names, OffsetSpec.Earliest()), cancellation),
            consumer.Ask(topic => topic.OffsetsAsync(names, OffsetSpec.Latest()), cancellation));
    }
}
