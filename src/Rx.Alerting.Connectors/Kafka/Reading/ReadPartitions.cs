using Confluent.Kafka.Admin;
using Microsoft.Extensions.Logging;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Kafka.Reading;

/// <summary>The partitions that are read: found at the start, found anew when the topic changes, and each placed at its offset.</summary>
internal sealed class ReadPartitions(
    KafkaOptions options,
    IReadOnlyCollection<int>? only,
    IReadOnlyDictionary<string, string> positions,
    StartOffsets offsets,
    KafkaConsumer consumer,
    ILogger logger) : IDisposable
{
    private readonly IViewDecoder decoder = options.Format switch
    {
        KafkaFormat.MuxJson => new MuxJsonDecoder(),
        KafkaFormat.MuxProtobuf => new MuxProtobufDecoder(),
        _ => new AccessLogDecoder(options.AccessLog),
    };

    /// <summary>While no broker answers: people want to hear soon that one does, also where no records come.</summary>
    private static readonly TimeSpan OutageInterval = TimeSpan.FromSeconds(1);

    private readonly List<PartitionReading> all = [];
    private readonly Dictionary<int, PartitionReading> byNumber = [];
    private TopicShape shape;
    private Task<TopicShape>? describing;
    private long asked;
    private bool askedWhileWaiting;

    internal IReadOnlyList<PartitionReading> All => all;

    internal void Start(IObserver<ViewBatch> observer, CancellationToken cancellation)
    {
        shape = consumer.Ask(topic => topic.DescribeAsync(), cancellation);
        foreach (var number in only ?? [])
        {
            if (number >= shape.Partitions)
                throw new KafkaSourceException(KafkaProblem.TopicMissing, $"The topic {options.Topic} has no partition {number} any more.");
        }

        // How much each partition may fetch ahead is a setting of the consumer. A new one has to hear of the topic before it is asked for offsets,
        // or it may take seconds to answer.
        if (shape.Partitions > 1)
        {
            consumer.Open(shape.Partitions);
            shape = consumer.Ask(topic => topic.DescribeAsync(), cancellation);
        }

        Add(observer, cancellation);
        KafkaLog.Started(logger, all.Count, options.Topic);
    }

    /// <summary>Asks for the topic's shape from time to time, beside the reading, and takes the answer in when it is there.</summary>
    internal void Discover(IObserver<ViewBatch> observer, TimeProvider time, CancellationToken cancellation)
    {
        if (describing is null)
        {
            var interval = consumer.IsWaiting && OutageInterval < options.DiscoveryInterval ? OutageInterval : options.DiscoveryInterval;
            if (asked != 0 && time.GetElapsedTime(asked) < interval)
                return;
            (asked, askedWhileWaiting) = (time.GetTimestamp(), consumer.IsWaiting);
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

        if (askedWhileWaiting)
            consumer.Answered();
        var before = shape;
        shape = answer.Result;
        if (before.Id != shape.Id)
            FindAll(cancellation);
        if (before.Partitions < shape.Partitions && only is null)
        {
            Add(observer, cancellation);
            KafkaLog.Discovered(logger, options.Topic, all.Count);
        }
    }

    /// <summary>Places partitions anew whose offsets are not there any more.</summary>
    internal void FindLost(CancellationToken cancellation)
    {
        while (consumer.TryTakeLost(out var number))
        {
            shape = consumer.Ask(topic => topic.DescribeAsync(), cancellation);
            if (byNumber.TryGetValue(number.Value, out var reading))
                Place([reading], cancellation);
        }
    }

    /// <summary>Gives back what was taken from librdkafka.</summary>
    public void Dispose() => all.ForEach(partition => partition.Dispose());

    private void FindAll(CancellationToken cancellation) => Place(all.Where(reading => reading.Partition.Partition.Value < shape.Partitions).ToList(), cancellation);

    private void Place(List<PartitionReading> lost, CancellationToken cancellation)
    {
        var (oldest, ends) = Ask(lost, cancellation);
        for (var i = 0; i < lost.Count; i++)
            lost[i].MoveTo(offsets.Known(lost[i].Name, lost[i].Position, shape.Id, oldest[i], ends[i]));
        consumer.Move(lost);
    }

    private void Add(IObserver<ViewBatch> observer, CancellationToken cancellation)
    {
        var numbers = Enumerable.Range(0, shape.Partitions).Where(number => !byNumber.ContainsKey(number) && only?.Contains(number) != false);
        var added = numbers.Select(number => new PartitionReading(
            new(options.Topic, number), KafkaViewSource.Name(options.Topic, number), options, decoder)).ToList();
        if (added.Count == 0)
            return;
        var besideKnown = all.Count > 0 || positions.Keys.Any(name => name.StartsWith(options.Topic + "-", StringComparison.Ordinal));
        var (oldest, ends) = Ask(added, cancellation);
        for (var i = 0; i < added.Count; i++)
        {
            var position = positions.TryGetValue(added[i].Name, out var text)
                ? offsets.Known(added[i].Name, StartOffsets.Parse(added[i].Name, text), shape.Id, oldest[i], ends[i])
                : offsets.Unknown(besideKnown, shape.Id, oldest[i], ends[i]);
            added[i].MoveTo(position);
        }

        foreach (var partition in added)
        {
            cancellation.ThrowIfCancellationRequested();
            partition.Push(partition.Take(), observer);
            all.Add(partition);
            byNumber.Add(partition.Partition.Partition.Value, partition);
        }

        consumer.Assign(added);
    }

    private (long[] Oldest, long[] Ends) Ask(List<PartitionReading> which, CancellationToken cancellation)
    {
        var names = which.Select(reading => reading.Partition).ToList();
        return (
            consumer.Ask(topic => topic.OffsetsAsync(names, OffsetSpec.Earliest()), cancellation),
            consumer.Ask(topic => topic.OffsetsAsync(names, OffsetSpec.Latest()), cancellation));
    }
}
