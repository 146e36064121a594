using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Logging.Abstractions;
using Rx.Alerting.Connectors.Kafka.Reading;
using Rx.Alerting.Connectors.Positions;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Kafka;

/// <summary>
/// Reads a topic once more from a time on. Partitions are assigned by hand, and nothing is committed. So the consumer group does not
/// notice.
/// </summary>
public static class KafkaAgain
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(200);

    /// <summary>Asks the brokers where the time is in each partition, then opens the source.</summary>
    /// <param name="options">As the pipelines have them. Where to start, and how partitions are shared, do not matter.</param>
    /// <param name="from">
    /// Reading begins with the first record that has this time or a later one, as the topic stamps records. Where brokers do not say which
    /// that is: with the oldest.
    /// </param>
    /// <param name="time">Processing time.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="KafkaSourceException">The topic cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public static IViewSource Open(KafkaOptions options, DateTimeOffset from, TimeProvider time, CancellationToken cancel)
    {
        KafkaLibrary.Load();
        options = options with { StartAt = StartAt.Earliest, OnGap = OnGap.Skip, Partitioning = KafkaPartitioning.Any };
        var source = new KafkaViewSource(options, time, NullLogger<KafkaViewSource>.Instance);
        return new Placed(source, Find(options, from, cancel));
    }

    /// <summary>The positions at a time. A partition that has nothing later is read from its end.</summary>
    private static Dictionary<string, string> Find(KafkaOptions options, DateTimeOffset from, CancellationToken cancel)
    {
        using var client = new KafkaClient(options, new(options, NullLogger.Instance), NullLogger.Instance, queues: 1);
        try
        {
            var shape = client.Ask(topic => topic.DescribeAsync(), cancel);
            var partitions = Enumerable.Range(0, shape.Partitions).Select(number => new TopicPartition(options.Topic, number)).ToList();
            var spec = OffsetSpec.ForTimestamp(Math.Max(0, from.ToUnixTimeMilliseconds()));
            var (at, ends) = (Offsets(client, partitions, spec, cancel), Offsets(client, partitions, OffsetSpec.Latest(), cancel));
            return partitions.Select((partition, i) => (partition, Next: at[i] >= 0 ? at[i] : ends[i])).ToDictionary(
                one => KafkaViewSource.Name(options.Topic, one.partition.Partition.Value),
                one => new KafkaPosition(one.Next, shape.Id).ToString(),
                StringComparer.Ordinal);
        }
        catch (KafkaException)
        {
            return []; // Not every broker can say it. All that the topic has is read then, which takes longer, and is the same.
        }
    }

    /// <summary>Asks once: brokers that cannot answer this would be asked for ever.</summary>
    private static long[] Offsets(KafkaClient client, IReadOnlyList<TopicPartition> partitions, OffsetSpec spec, CancellationToken cancel)
    {
        var answer = client.Topic.OffsetsAsync(partitions, spec);
        while (!((IAsyncResult)answer).AsyncWaitHandle.WaitOne(Slice))
            cancel.ThrowIfCancellationRequested();
        return answer.GetAwaiter().GetResult();
    }

    /// <summary>A source that begins at positions, whatever it is asked for.</summary>
    private sealed class Placed(IViewSource source, IReadOnlyDictionary<string, string> begin) : IViewSource
    {
        public string? Trouble => source.Trouble;

        public IObservable<ViewBatch> Read(IReadOnlyDictionary<string, string> positions, IPartitionGate gate) => source.Read(begin, gate);
    }
}
