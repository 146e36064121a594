using System.Reactive.Disposables;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Kafka.Reading;

/// <summary>One reading of a topic, on a thread of its own that ends with the subscription.</summary>
/// <remarks>
/// Rounds: take the records that are there and sort them into the batches of their partitions; a full batch is decoded at once,
/// the others at the end of the round, which is when nothing is there any more or enough was taken. Other threads decode, while
/// this one takes further records and pushes the batches before. While the observer works, nothing is polled, and librdkafka stops
/// fetching at its own bound.
/// </remarks>
internal sealed class KafkaReading
{
    private static readonly TimeSpan GateInterval = TimeSpan.FromMilliseconds(200);
    private readonly KafkaOptions options;
    private readonly Action<IReadOnlyCollection<TopicPartitionOffset>>? committer;
    private readonly TimeProvider time;
    private readonly IPartitionGate gate;
    private readonly RecordValue value = new();
    private readonly KafkaConsumer consumer;
    private readonly ReadPartitions partitions;
    private readonly BatchesAhead ahead = new();
    private readonly CancellationDisposable stop = new();
    private readonly ILogger logger;
    private KafkaGroupCommits? commits;

    internal KafkaReading(
        KafkaOptions options,
        IReadOnlyCollection<int>? only,
        Action<IReadOnlyCollection<TopicPartitionOffset>>? committer,
        KafkaCounters counters,
        IReadOnlyDictionary<string, string> positions,
        IPartitionGate gate,
        TimeProvider time,
        ILogger logger)
    {
        (this.options, this.committer, this.gate, this.time, this.logger) = (options, committer, gate, time, logger);
        consumer = new(options, value, logger);
        partitions = new(options, only, positions, new StartOffsets(options, counters, logger), consumer, logger);
    }

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
            consumer.Open();
            Volatile.Write(ref commits, new(committer ?? consumer.Commit, options.GroupId, logger));
            partitions.Start(observer, stop.Token);
            while (!stop.IsDisposed)
                Rounds(observer);
        }
        catch (OperationCanceledException) when (stop.IsDisposed)
        {
            // Nobody is listening any more.
        }
        catch (Exception e)
        {
            // Also what the observer itself threw: on this thread nobody else would hear of it.
            observer.OnError(e as KafkaSourceException ?? (e is KafkaException ? new KafkaSourceException(KafkaProblem.Failed, $"Kafka: {e.Message}", e) : e));
        }
        finally
        {
            commits?.Stop();
            consumer.Dispose();
        }
    }

    /// <summary>Rounds until the gate is due to be asked about partitions without batches, and new partitions looked for.</summary>
    private void Rounds(IObserver<ViewBatch> observer)
    {
        AskGate(partitions.All);
        partitions.Discover(observer, time, stop.Token);
        var begin = time.GetTimestamp();
        while (!stop.IsDisposed && time.GetElapsedTime(begin) < GateInterval)
            Round(observer);
    }

    private void Round(IObserver<ViewBatch> observer)
    {
        // Nothing waits for records while batches wait to be pushed.
        var wait = ahead.Any ? TimeSpan.Zero : GateInterval / 2;
        var more = true;
        for (var taken = 0; taken < options.BatchViews * 4 && !stop.IsDisposed; taken++)
        {
            more = consumer.TryTake(wait, out var result, out var unread);
            if (!more)
                break;
            wait = TimeSpan.Zero;
            if (unread is { } lost)
                partitions.Find(lost, stop.Token);
            else if (partitions.Of(result!.Partition) is { } partition)
                Take(partition, result, observer);
        }

        foreach (var partition in partitions.All)
        {
            if (!partition.Filling.IsEmpty)
                Give(partition, PartitionStatus.Active);
        }

        Push(observer, all: !more);
    }

    private void Take(PartitionReading partition, ConsumeResult<Ignore, Ignore> result, IObserver<ViewBatch> observer)
    {
        if (result.IsPartitionEOF)
        {
            partition.Pass(result.Offset.Value);
            if (!partition.Paused)
                Give(partition, PartitionStatus.Idle);
            return;
        }

        var timestamp = result.Message.Timestamp;
        partition.Add(result.Offset.Value, value, timestamp.Type == TimestampType.NotAvailable ? View.NoArrivalTime : timestamp.UnixTimestampMs);
        if (partition.Filling.IsFull)
        {
            Give(partition, PartitionStatus.Active);
            Push(observer, all: false);
        }

        value.Expect(partition.Filling.Views);
    }

    private void Give(PartitionReading partition, PartitionStatus status)
    {
        ahead.Add(partition.Take(status));
        value.Expect(partition.Filling.Views);
    }

    private void Push(IObserver<ViewBatch> observer, bool all)
    {
        while (!stop.IsDisposed && ahead.Take(all) is { } batch)
        {
            batch.Partition.Push(batch, observer);

            // What it brought on may have opened the way for others.
            foreach (var partition in partitions.All)
            {
                if (partition.Paused || partition == batch.Partition)
                    AskGate(partition);
            }
        }
    }

    private void AskGate(IReadOnlyList<PartitionReading> all)
    {
        foreach (var partition in all)
            AskGate(partition);
    }

    private void AskGate(PartitionReading partition)
    {
        var open = gate.IsOpen(partition.Name);
        if (open != partition.Paused)
            return;
        partition.Paused = !open;
        if (open)
        {
            consumer.Resume(partition.Partition);
            return;
        }

        consumer.Pause(partition.Partition);
        ahead.Pause(partition);
    }
}
