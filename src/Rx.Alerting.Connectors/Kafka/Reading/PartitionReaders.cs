using Microsoft.Extensions.Logging;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Kafka.Reading;

/// <summary>
/// The partitions that are read. Finds them at the start, finds new partitions when the topic changes, and places each at its offset.
/// </summary>
internal sealed partial class PartitionReaders(
    KafkaOptions options,
    GroupAssignment? assigned,
    IReadOnlyDictionary<string, string> positions,
    StartOffsets offsets,
    KafkaConsumer consumer,
    ILogger logger) : IDisposable
{
    /// <summary>
    /// How often the topic is asked for while no broker answers. Short, because people want to hear soon that brokers answer, even if no
    /// records come.
    /// </summary>
    private static readonly TimeSpan OutageInterval = TimeSpan.FromSeconds(1);

    private readonly List<PartitionReader> all = [];
    private readonly Dictionary<int, PartitionReader> byNumber = [];
    private TopicShape shape;
    private Task<TopicShape>? describing;
    private long asked;
    private bool askedWhileAway;

    internal IReadOnlyList<PartitionReader> All => all;

    internal void Start(IObserver<ViewBatch> observer, CancellationToken cancellation)
    {
        shape = consumer.Ask(topic => topic.DescribeAsync(), cancellation);
        if (assigned?.Partition >= shape.Partitions)
        {
            throw new KafkaSourceException(
                KafkaProblem.TopicMissing, $"The topic {options.Topic} has no partition {assigned.Partition} any more.");
        }

        // A new client must hear of the topic before it is asked for offsets. Otherwise its answer may take seconds.
        if (consumer.Divide(shape.Partitions))
            shape = consumer.Ask(topic => topic.DescribeAsync(), cancellation);

        ForgetGone(observer);
        Add(observer, cancellation);
        KafkaLog.Started(logger, all.Count, options.Topic);
    }

    /// <summary>Asks for the topic's shape from time to time, without waiting. Takes the answer in when it has come.</summary>
    internal void Discover(IObserver<ViewBatch> observer, TimeProvider time, CancellationToken cancellation)
    {
        if (describing is null)
        {
            var areAway = consumer.Brokers.AreAway;
            var interval = areAway && OutageInterval < options.DiscoveryInterval ? OutageInterval : options.DiscoveryInterval;
            if (asked != 0 && time.GetElapsedTime(asked) < interval)
                return;
            (asked, askedWhileAway) = (time.GetTimestamp(), consumer.Brokers.AreAway);
            describing = consumer.Topic.DescribeAsync();
        }

        if (!describing.IsCompleted)
            return;
        var answer = describing;
        describing = null;
        if (answer.Exception?.InnerException is { } failure)
        {
            if (failure is KafkaSourceException)
                throw failure;
            return;
        }

        if (askedWhileAway)
            consumer.Brokers.NoteAnswer();
        Accept(answer.Result, observer, cancellation);
    }

    /// <summary>Places partitions anew whose offsets do not exist any more.</summary>
    internal void FindLost(IObserver<ViewBatch> observer, CancellationToken cancellation)
    {
        while (consumer.TryTakeLost(out var number))
        {
            describing = null; // That answer would be older than the one that is asked for here.
            Accept(consumer.Ask(topic => topic.DescribeAsync(), cancellation), observer, cancellation);
            if (byNumber.TryGetValue(number, out var reading))
                Place([reading], cancellation);
        }
    }

    /// <summary>Gives queues and records back to librdkafka.</summary>
    public void Dispose() => all.ForEach(partition => partition.Dispose());

    /// <summary>Takes in the shape that the topic has now: it may have more partitions, or may have been created again.</summary>
    private void Accept(TopicShape now, IObserver<ViewBatch> observer, CancellationToken cancellation)
    {
        var recreated = now.Id != shape.Id;
        if (!recreated && now.Partitions < shape.Partitions)
            return; // The broker has not heard of the new partitions: a topic never loses partitions.
        shape = now;
        if (all.Exists(partition => partition.Number >= shape.Partitions))
        {
            throw new KafkaSourceException(
                KafkaProblem.TopicMissing,
                $"The topic {options.Topic} was created again, with fewer partitions: {shape.Partitions}.");
        }

        if (recreated)
            Place(all, cancellation);
        if (Add(observer, cancellation))
            KafkaLog.Discovered(logger, options.Topic, all.Count);
    }

    /// <summary>
    /// Finishes partitions that the checkpoint knows and the topic does not have, so that they do not hold event time back.
    /// </summary>
    private void ForgetGone(IObserver<ViewBatch> observer)
    {
        foreach (var (name, text) in positions.OrderBy(position => position.Key, StringComparer.Ordinal))
        {
            if (KafkaViewSource.Number(options.Topic, name) is not { } number || number < shape.Partitions)
                continue;
            var position = StartOffsets.Parse(name, text);
            if (position.TopicId.Length > 0 && position.TopicId == shape.Id)
                continue; // The topic is the same, so the broker has not heard of the partition yet. It will be found.
            offsets.Gone(name, position);
            observer.OnNext(new(name) { Status = PartitionStatus.Finished });
        }
    }
}
