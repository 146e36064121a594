using System.Globalization;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Rx.Alerting.Connectors.Kafka.Reading;
using Rx.Alerting.Connectors.Positions;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Kafka;

/// <summary>
/// Views from the partitions of a Kafka topic. A partition is named <c>topic-0</c>. A position is the offset of the next record and the
/// topic's id: <c>1234@id</c>.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>Partitions are assigned by hand, so reading begins at the given positions, not at the offsets of a group.</item>
/// <item>Every reading has a thread of its own.</item>
/// <item>Every reading has a client of its own, unless a group has assigned its partition.</item>
/// <item>While brokers do not answer, a reading waits. A reading fails with a <see cref="KafkaSourceException"/>.</item>
/// </list>
/// </remarks>
public sealed class KafkaViewSource : IViewSource
{
    private readonly KafkaOptions options;
    private readonly GroupAssignment? assigned;
    private readonly Delays delays;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private KafkaReading? reading;

    /// <summary>Reads all partitions, also partitions that are added later.</summary>
    /// <exception cref="KafkaSourceException">Options have faults. The message names all of them.</exception>
    public KafkaViewSource(KafkaOptions options, TimeProvider time, ILogger<KafkaViewSource> logger)
        : this(options, null, time, logger)
    {
        if (OptionFaults.Of(options) is { Count: > 0 } faults)
            throw new KafkaSourceException(KafkaProblem.Configuration, string.Join(Environment.NewLine, faults));
    }

    /// <param name="options">Validated options.</param>
    /// <param name="assigned">The partition to read. Null: all partitions, also partitions that are added later.</param>
    /// <param name="time">Processing time.</param>
    /// <param name="logger">Where to log.</param>
    internal KafkaViewSource(KafkaOptions options, GroupAssignment? assigned, TimeProvider time, ILogger logger)
    {
        (this.options, this.assigned, this.time, this.logger) = (options, assigned, time, logger);
        delays = assigned?.Delays ?? new(time, logger);
        Counters = assigned?.Counters ?? new();
    }

    public KafkaCounters Counters { get; }

    /// <inheritdoc/>
    public string? Trouble => Volatile.Read(ref reading) is { } current ? current.Trouble : "the topic has not been read yet";

    /// <inheritdoc/>
    public string? Delay => delays.Text;

    /// <inheritdoc/>
    public IReadOnlyList<PartitionProgress> Progress => Volatile.Read(ref reading)?.Progress ?? [];

    /// <inheritdoc/>
    public IReadOnlyList<SourceCount> Counts => Counters.All;

    /// <inheritdoc/>
    public string Beginning => (options.StartAt, assigned) switch
    {
        (StartAt.Earliest, _) => "all records that the topic still has are read again",
        (_, null) => "reading goes on with the newest record: what came before is not read again",
        _ => "reading goes on with what came since this process is in the group: what came before is not read again",
    };

    /// <summary>Looks at the offsets of the consumer group, because they are committed after every checkpoint.</summary>
    public Task<EarlierReading> FindEarlierReadingAsync(CancellationToken cancel) =>
        KafkaGroupOffsets.FindAsync(options, assigned?.Partition, time, cancel);

    /// <inheritdoc/>
    public IObservable<ViewBatch> Read(IReadOnlyDictionary<string, string> positions, IPartitionGate gate) =>
        System.Reactive.Linq.Observable.Create<ViewBatch>(observer =>
        {
            var started = new KafkaReading(options, assigned, Counters, delays, positions, gate, time, logger);
            Volatile.Write(ref reading, started);
            return started.Start(observer);
        });

    /// <inheritdoc/>
    public void Committed(IReadOnlyDictionary<string, string> positions)
    {
        if (Volatile.Read(ref reading) is not { } current)
            return;
        var offsets = new List<TopicPartitionOffset>(positions.Count);
        foreach (var (name, text) in positions)
        {
            if (Number(options.Topic, name) is { } number && KafkaPosition.TryParse(text, out var position))
                offsets.Add(new(new(options.Topic, number), position.Next));
        }

        current.Commit(offsets);
    }

    internal static string Name(string topic, int partition) => string.Create(CultureInfo.InvariantCulture, $"{topic}-{partition}");

    /// <summary>The number of the partition that has this <see cref="Name"/>. Null if the name is not of this topic.</summary>
    internal static int? Number(string topic, string name) =>
        name.Length > topic.Length
        && name.StartsWith(topic, StringComparison.Ordinal)
        && name[topic.Length] == '-'
        && int.TryParse(name.AsSpan(topic.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
