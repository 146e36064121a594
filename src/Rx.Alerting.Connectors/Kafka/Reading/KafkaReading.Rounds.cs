using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Kafka.Reading;

/// <summary>The rounds of the reading: take, let decode, push.</summary>
internal sealed partial class KafkaReading
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(1);

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
        if (progressAt == 0 || time.GetElapsedTime(progressAt, begin) >= ProgressInterval)
        {
            progressAt = begin;
            Volatile.Write(ref progress, [.. partitions.All.Select(partition => partition.Progress)]);
        }

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
            consumer.Brokers.NoteAnswer();
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
