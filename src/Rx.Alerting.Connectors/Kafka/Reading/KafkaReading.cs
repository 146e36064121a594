using System.Reactive.Disposables;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Rx.Alerting.Connectors.Kafka.Native;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Kafka.Reading;

/// <summary>One reading of a topic, from subscription to end, on a thread of its own.</summary>
/// <remarks>
/// <para>A record takes these steps in each round:</para>
/// <list type="number">
/// <item>This thread takes records from the queue of each partition whose gate is open, into the partition's batch.</item>
/// <item>A thread of the pool decodes the batch, unless it is small, while this thread takes further records.</item>
/// <item>This thread pushes decoded batches to the observer, in the order in which they were taken.</item>
/// </list>
/// <para>
/// Back-pressure: while the observer works or a gate is closed, records stay in their partition's queue in librdkafka, which stops fetching
/// at its own bound.
/// </para>
/// </remarks>
internal sealed partial class KafkaReading
{
    private static readonly TimeSpan GateInterval = TimeSpan.FromMilliseconds(200);
    private readonly KafkaOptions options;
    private readonly GroupAssignment? assigned;
    private readonly TimeProvider time;
    private readonly IPartitionGate gate;
    private readonly KafkaConsumer consumer;
    private readonly PartitionReaders partitions;
    private readonly Action<PartitionReader, Error> failed;
    private readonly BatchesAhead ahead = new();
    private readonly MessageBuffer buffer = new();
    private readonly CancellationDisposable stop = new();
    private readonly Delays delays;
    private readonly ILogger logger;
    private KafkaGroupCommits? commits;
    private IReadOnlyList<PartitionProgress> progress = [];
    private long progressAt;

    internal KafkaReading(
        KafkaOptions options,
        GroupAssignment? assigned,
        KafkaCounters counters,
        Delays delays,
        IReadOnlyDictionary<string, string> positions,
        IPartitionGate gate,
        TimeProvider time,
        ILogger logger)
    {
        (this.options, this.assigned, this.delays, this.gate, this.time, this.logger) = (options, assigned, delays, gate, time, logger);
        consumer = new(options, assigned, logger);
        failed = consumer.Note;
        partitions = new(options, assigned, positions, new StartOffsets(options, counters, logger), consumer, logger);
    }

    /// <inheritdoc cref="IViewSource.Trouble"/>
    internal string? Trouble => consumer.Brokers.Trouble;

    /// <inheritdoc cref="IViewSource.Progress"/>
    /// <remarks>The thread of the reading renews it each second, because librdkafka's client lives no longer than that thread.</remarks>
    internal IReadOnlyList<PartitionProgress> Progress => Volatile.Read(ref progress);

    internal IDisposable Start(IObserver<ViewBatch> observer)
    {
        new Thread(() => Run(observer)) { IsBackground = true, Name = $"kafka {options.Topic}" }.Start();
        return stop;
    }

    internal void Commit(IReadOnlyCollection<TopicPartitionOffset> offsets) => Volatile.Read(ref commits)?.Offer(offsets);

    private void Run(IObserver<ViewBatch> observer)
    {
        try
        {
            consumer.Open(stop.Token);
            Volatile.Write(ref commits, new(assigned?.Commit ?? consumer.Commit, options.GroupId, logger));
            partitions.Start(observer, stop.Token);
            while (!stop.IsDisposed)
                Rounds(observer);
        }
        catch (OperationCanceledException) when (stop.IsDisposed)
        {
            // The subscription has ended.
        }
        catch (Exception e)
        {
            // Exceptions of the observer, too: nobody else would hear of them, because this thread is ours.
            observer.OnError(e is KafkaException ? new KafkaSourceException(KafkaProblem.Failed, $"Kafka: {e.Message}", e) : e);
        }
        finally
        {
            Close();
        }
    }

    private void Close()
    {
        try
        {
            Volatile.Write(ref progress, []);
            commits?.Stop();
            foreach (var partition in partitions.All)
                delays.Clear(partition.Name);
            consumer.Release();
            ahead.Dispose();
            buffer.Dispose();
            partitions.Dispose();
            consumer.Dispose();
        }
        catch (Exception e)
        {
            // An exception here would end the process, because this thread is ours. Then nobody would learn why the reading has ended.
            KafkaLog.NotClosed(logger, options.Topic, e.Message);
        }
    }
}
