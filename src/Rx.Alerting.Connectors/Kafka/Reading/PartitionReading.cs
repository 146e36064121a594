using Confluent.Kafka;
using Rx.Alerting.Connectors.Kafka.Native;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Kafka.Reading;

/// <summary>One partition: where reading is, and the batch that is being filled.</summary>
internal sealed class PartitionReading : IDisposable
{
    private readonly Func<RecordBatch> create;
    private readonly Stack<RecordBatch> spare = new();
    private RecordBatch filling;
    private PartitionQueue? queue;
    private string? pushedPosition;
    private long? quietSince;
    private bool atEnd, isBehind, pushedIdle;

    internal PartitionReading(TopicPartition partition, string name, KafkaOptions options)
    {
        (Partition, Name) = (partition, name);
        create = () => new RecordBatch(this, options);
        filling = create();
    }

    internal TopicPartition Partition { get; }

    internal int Number => Partition.Partition.Value;

    internal string Name { get; }

    internal KafkaPosition Position { get; private set; }

    /// <summary>Whether its gate was open when it was asked last. While it is closed, nothing is taken from the queue.</summary>
    internal bool IsOpen { get; set; } = true;

    /// <summary>How many batches are taken and not pushed.</summary>
    internal int Ahead { get; set; }

    /// <summary>Whether the last batch says that the partition is at its end.</summary>
    internal bool ToldIdle { get; set; }

    /// <summary>Whether there are records to give away, or that it is at its end.</summary>
    internal bool HasNews => !filling.IsEmpty || (IsIdle && !ToldIdle);

    /// <summary>Whether all that may be read has been read, and more is written behind: that belongs to transactions that are open, or lies behind them.</summary>
    internal bool IsWithheld => atEnd && isBehind;

    /// <summary>Since when nothing has come of the partition though its end has not been reached; null: something comes, or is not asked for.</summary>
    internal long? StandsSince => IsOpen && !IsIdle ? quietSince : null;

    private bool IsIdle => atEnd && !isBehind;

    internal void MoveTo(KafkaPosition position) => Position = position;

    /// <summary>Reads from another queue; null: from none.</summary>
    internal void Attach(PartitionQueue? other)
    {
        queue?.Dispose();
        queue = other;
        atEnd = false;
        quietSince = null;
    }

    /// <summary>Drops what was fetched, once nothing is fetched any more: the queue is librdkafka's, and stays behind with what is in it.</summary>
    internal void Drop()
    {
        using var lot = new MessageLot();
        do
        {
            queue!.Take(lot, MessageLot.Size);
            lot.Clear();
        }
        while (lot.Count > 0);
    }

    /// <summary>Takes records into the batch until it is full, or no more are there.</summary>
    /// <param name="lot">For messages on their way.</param>
    /// <param name="failed">Called with what is wrong with the partition, if so.</param>
    /// <param name="now">Timestamp of processing time.</param>
    /// <returns>Whether there may be more.</returns>
    internal bool Fill(MessageLot lot, Action<PartitionReading, Error> failed, long now)
    {
        while (!filling.IsFull)
        {
            var most = Math.Min(MessageLot.Size, filling.Room);
            queue!.Take(lot, most);
            var all = lot.Count < most;
            quietSince = lot.Count > 0 ? null : quietSince ?? now;
            Add(lot, failed, now);
            if (all)
                return false;
        }

        return true;
    }

    /// <summary>Gives the batch away, decoding, and begins another.</summary>
    internal RecordBatch Take()
    {
        ToldIdle = IsIdle;
        var taken = filling;
        taken.BeginDecoding(Position.ToString(), IsIdle ? PartitionStatus.Idle : PartitionStatus.Active);
        filling = spare.TryPop(out var free) ? free : create();
        return taken;
    }

    /// <summary>Pushes a batch that was taken.</summary>
    internal void Push(RecordBatch taken, IObserver<ViewBatch> observer)
    {
        try
        {
            var views = taken.Decoded();
            observer.OnNext(views);
            (pushedPosition, pushedIdle) = (views.Position, views.Status == PartitionStatus.Idle);
        }
        catch
        {
            taken.Dispose();
            throw;
        }

        taken.Clear();
        spare.Push(taken);
    }

    /// <summary>
    /// Looks whether more is written behind what may be read. Nobody is told of the end of what may be read a second time, though a transaction
    /// may have begun there since.
    /// </summary>
    /// <param name="now">Timestamp of processing time.</param>
    internal void LookBehind(long now)
    {
        if (!atEnd || queue!.HighWatermark is not { } high)
            return;
        if (IsIdle)
            quietSince = now;
        isBehind = high > Position.Next;
    }

    /// <summary>Nothing can come just now: the time until something comes begins when it can.</summary>
    internal void Excuse() => quietSince = null;

    /// <summary>The gate has closed, or records are there that may not be read yet. Such a partition is not idle: one that was told so is told active.</summary>
    internal void Hold(IObserver<ViewBatch> observer)
    {
        if (!pushedIdle)
            return;
        pushedIdle = ToldIdle = false;
        observer.OnNext(new ViewBatch(Name) { Position = pushedPosition });
    }

    public void Dispose()
    {
        filling.Dispose();
        Attach(null);
    }

    private unsafe void Add(MessageLot lot, Action<PartitionReading, Error> failed, long now)
    {
        for (var message = lot.Next(); message is not null; message = lot.Next())
        {
            if (message->Code == ErrorCode.NoError && message->Offset >= Position.Next)
            {
                Position = Position with { Next = message->Offset + 1 };
                atEnd = false;
                filling.Add(message);
                continue;
            }

            if (message->Code == ErrorCode.Local_PartitionEOF)
                End(message->Offset, now);
            else if (message->Code != ErrorCode.NoError)
                failed(this, message->Error);
            Librdkafka.MessageDestroy(message);
        }
    }

    /// <summary>The next record will have this offset or a larger one: behind transactions there are offsets without records.</summary>
    private void End(long offset, long now)
    {
        if (offset > Position.Next)
            Position = Position with { Next = offset };
        (atEnd, isBehind) = (true, true);
        LookBehind(now);
    }
}
