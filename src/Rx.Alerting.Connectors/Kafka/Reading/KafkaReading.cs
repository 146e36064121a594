using System.Reactive.Disposables;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Rx.Alerting.Connectors.Kafka.Native;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Kafka.Reading;

/// <summary>One reading of a topic, on a thread of its own that ends with the subscription.</summary>
/// <remarks>
/// Rounds: take the records that are there into a batch of every partition whose gate is open. Other threads decode, while this one takes
/// further records and pushes the batches before. What is not taken, as the observer works or a gate is closed, stays in the partition's own
/// queue in librdkafka, which stops fetching of it at its own bound.
/// </remarks>
internal sealed class KafkaReading
{
    private static readonly TimeSpan GateInterval = TimeSpan.FromMilliseconds(200);
    private readonly KafkaOptions options;
    private readonly AssignedReading? assigned;
    private readonly TimeProvider time;
    private readonly IPartitionGate gate;
    private readonly KafkaConsumer consumer;
    private readonly ReadPartitions partitions;
    private readonly Action<PartitionReading, Error> failed;
    private readonly BatchesAhead ahead = new();
    private readonly MessageLot lot = new();
    private readonly CancellationDisposable stop = new();
    private readonly Delays delays;
    private readonly ILogger logger;
    private KafkaGroupCommits? commits;

    internal KafkaReading(
        KafkaOptions options,
        AssignedReading? assigned,
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
            // Nobody is listening any more.
        }
        catch (Exception e)
        {
            // Also what the observer itself threw: on this thread nobody else would hear of it.
            observer.OnError(e as KafkaSourceException ?? (e is KafkaException ? new KafkaSourceException(KafkaProblem.Failed, $"Kafka: {e.Message}", e) : e));
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
            commits?.Stop();
            foreach (var partition in partitions.All)
                delays.Clear(partition.Name);
            consumer.Release();
            ahead.Dispose();
            lot.Dispose();
            partitions.Dispose();
            consumer.Dispose();
        }
        catch (Exception e)
        {
            // On a thread of our own it would end the process, and why the reading has ended would not be told.
            KafkaLog.NotClosed(logger, options.Topic, e.Message);
        }
    }

    /// <summary>Rounds until the gate is due to be asked about partitions without batches, and new partitions looked for.</summary>
    private void Rounds(IObserver<ViewBatch> observer)
    {
        foreach (var partition in partitions.All)
        {
            AskGate(partition, observer);
            LookBehind(partition, observer);
        }

        partitions.Discover(observer, time, stop.Token);
        commits!.Retry();
        var begin = time.GetTimestamp();
        while (!stop.IsDisposed && time.GetElapsedTime(begin) < GateInterval)
            Round(observer);
    }

    private void Round(IObserver<ViewBatch> observer)
    {
        consumer.Serve();
        var (taken, more, now) = (false, false, time.GetTimestamp());
        var most = BatchesAhead.MostOf(partitions.All.Count);
        foreach (var partition in partitions.All)
        {
            if (!partition.IsOpen)
                continue;
            if (partition.Ahead >= most)
            {
                more = true;
                continue;
            }

            more |= partition.Fill(lot, failed, now);
            if (!partition.HasNews)
                continue;
            ahead.Add(partition.Take());
            taken = true;
        }

        if (taken)
            consumer.Brokers.Answer();
        else if (!more && !ahead.Any)
            consumer.Wait(GateInterval / 2);
        partitions.FindLost(observer, stop.Token);
        if (more && !taken)
            Push(ahead.Take(all: true), observer);
        else
            Push(observer, all: !more);
    }

    private void Push(IObserver<ViewBatch> observer, bool all)
    {
        while (!stop.IsDisposed && ahead.Take(all) is { } batch)
            Push(batch, observer);
    }

    private void Push(RecordBatch? batch, IObserver<ViewBatch> observer)
    {
        if (batch is null)
            return;
        batch.Partition.Push(batch, observer);

        // What it brought on may have opened the way for others.
        foreach (var partition in partitions.All)
        {
            if (!partition.IsOpen || partition == batch.Partition)
                AskGate(partition, observer);
        }
    }

    private void AskGate(PartitionReading partition, IObserver<ViewBatch> observer)
    {
        partition.IsOpen = gate.IsOpen(partition.Name);
        if (!partition.IsOpen)
            Hold(partition, observer);
    }

    private void LookBehind(PartitionReading partition, IObserver<ViewBatch> observer)
    {
        partition.LookBehind(time.GetTimestamp());
        if (partition.IsWithheld)
            Hold(partition, observer);
        if (!partition.IsOpen || consumer.Brokers.AreAway)
            partition.Excuse();
        if (partition.StandsSince is { } since)
            delays.Wait(partition.Name, since, partition.Position.Next, partition.IsWithheld);
        else
            delays.Clear(partition.Name);
    }

    private void Hold(PartitionReading partition, IObserver<ViewBatch> observer)
    {
        ahead.Hold(partition);
        partition.Hold(observer);
    }
}
