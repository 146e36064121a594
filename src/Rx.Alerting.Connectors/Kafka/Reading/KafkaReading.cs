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
/// <item>A thread of the pool decodes the batch, while this thread takes further records.</item>
/// <item>This thread pushes decoded batches to the observer, in the order in which they were taken.</item>
/// </list>
/// <para>
/// Back-pressure: while the observer works or a gate is closed, records stay in their partition's queue in librdkafka, which stops fetching
/// at its own bound.
/// </para>
/// </remarks>
internal sealed class KafkaReading
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

    /// <summary>
    /// First asks the gate about every partition, looks at its end, and looks for new partitions. Then goes through rounds until that is
    /// due again.
    /// </summary>
    private void Rounds(IObserver<ViewBatch> observer)
    {
        foreach (var partition in partitions.All)
        {
            AskGate(partition, observer);
            LookBeyondEnd(partition, observer);
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

            more |= partition.Fill(buffer, failed, now);
            if (!partition.HasNews)
                continue;
            ahead.Add(partition.TakeBatch());
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

        // The batch may have moved event time on, so other gates may open. Its own gate may close.
        foreach (var partition in partitions.All)
        {
            if (!partition.IsOpen || partition == batch.Partition)
                AskGate(partition, observer);
        }
    }

    private void AskGate(PartitionReader partition, IObserver<ViewBatch> observer)
    {
        partition.IsOpen = gate.IsOpen(partition.Name);
        if (!partition.IsOpen)
            WithdrawIdle(partition, observer);
    }

    private void LookBeyondEnd(PartitionReader partition, IObserver<ViewBatch> observer)
    {
        partition.LookBeyondEnd(time.GetTimestamp());
        if (partition.IsWithheld)
            WithdrawIdle(partition, observer);
        if (!partition.IsOpen || consumer.Brokers.AreAway)
            partition.ResetQuiet();
        if (partition.WaitingSince is { } since)
            delays.Wait(partition.Name, since, partition.Position.Next, partition.IsWithheld);
        else
            delays.Clear(partition.Name);
    }

    private void WithdrawIdle(PartitionReader partition, IObserver<ViewBatch> observer)
    {
        ahead.WithdrawIdle(partition);
        partition.WithdrawIdle(observer);
    }
}
