using Confluent.Kafka;
using Rx.Alerting.Connectors.Kafka.Native;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Kafka.Reading;

/// <summary>
/// Reads one partition: takes records from its queue into a batch, hands the batch on to be decoded, and pushes the decoded batch.
/// Knows the position, and whether the partition has been read to its end.
/// </summary>
internal sealed class PartitionReader : IDisposable
{
    private readonly Func<RecordBatch> create;
    private readonly Stack<RecordBatch> spare = new();
    private RecordBatch filling;
    private PartitionQueue? queue;
    private string? pushedPosition;
    private long? quietSince;
    private bool atEnd, hasMoreBeyondEnd, pushedIdle;

    internal PartitionReader(TopicPartition partition, string name, KafkaOptions options)
    {
        (Partition, Name) = (partition, name);
        create = () => new RecordBatch(this, options);
        filling = create();
    }

    internal TopicPartition Partition { get; }

    internal int Number => Partition.Partition.Value;

    internal string Name { get; }

    internal KafkaPosition Position { get; private set; }

    /// <summary>
    /// Whether the partition's gate was open when it was asked last. While the gate is closed, nothing is taken from the queue.
    /// </summary>
    internal bool IsOpen { get; set; } = true;

    /// <summary>How many batches are taken and not pushed.</summary>
    internal int Ahead { get; set; }

    /// <summary>Whether the batch that was taken last says that the partition is at its end.</summary>
    internal bool ToldIdle { get; set; }

    /// <summary>Whether a batch should be taken: there are records, or nobody was told yet that the partition is at its end.</summary>
    internal bool HasNews => !filling.IsEmpty || (IsIdle && !ToldIdle);

    /// <summary>
    /// Whether all records that may be read have been read, and there are more that may not. Those belong to open transactions, or lie
    /// behind them.
    /// </summary>
    internal bool IsWithheld => atEnd && hasMoreBeyondEnd;

    /// <summary>Since when no record comes though the end has not been reached, so that event time waits. Null if that is not so.</summary>
    internal long? WaitingSince => IsOpen && !IsIdle ? quietSince : null;

    private bool IsIdle => atEnd && !hasMoreBeyondEnd;

    /// <summary>What has been pushed, and what the latest fetch has told of the partition's end.</summary>
    internal PartitionProgress Progress
    {
        get
        {
            var next = pushedPosition is not null && KafkaPosition.TryParse(pushedPosition, out var pushed) ? pushed.Next : Position.Next;
            return new(Name)
            {
                Position = next,
                LagRecords = queue?.HighWatermark is { } high ? Math.Max(0, high - next) : null,
                IsPaused = !IsOpen,
            };
        }
    }

    internal void MoveTo(KafkaPosition position) => Position = position;

    /// <summary>Reads from another queue; null: from no queue.</summary>
    internal void Attach(PartitionQueue? other)
    {
        queue?.Dispose();
        queue = other;
        atEnd = false;
        quietSince = null;
    }

    /// <summary>Drops fetched records, after fetching has ended. The queue belongs to librdkafka, and would keep them.</summary>
    internal void Drop()
    {
        using var buffer = new MessageBuffer();
        do
        {
            queue!.Take(buffer, MessageBuffer.Capacity);
            buffer.Clear();
        }
        while (buffer.Count > 0);
    }

    /// <summary>Takes records into the batch until the batch is full, or the queue is empty.</summary>
    /// <param name="buffer">Holds messages on their way from the queue to the batch.</param>
    /// <param name="failed">Is called with every error of the partition.</param>
    /// <param name="now">Timestamp of processing time.</param>
    /// <returns>Whether the queue may have more.</returns>
    internal bool Fill(MessageBuffer buffer, Action<PartitionReader, Error> failed, long now)
    {
        while (!filling.IsFull)
        {
            var most = Math.Min(MessageBuffer.Capacity, filling.Room);
            queue!.Take(buffer, most);
            var all = buffer.Count < most;
            quietSince = buffer.Count > 0 ? null : quietSince ?? now;
            Add(buffer, failed, now);
            if (all)
                return false;
        }

        return true;
    }

    /// <summary>
    /// Gives the batch away and begins to decode it, on another thread unless its records are few. The next records go into another
    /// batch.
    /// </summary>
    internal RecordBatch TakeBatch()
    {
        ToldIdle = IsIdle;
        var taken = filling;
        taken.BeginDecoding(Position.ToString(), IsIdle ? PartitionStatus.Idle : PartitionStatus.Active);
        filling = spare.TryPop(out var free) ? free : create();
        return taken;
    }

    /// <summary>Waits until a batch is decoded, pushes its views, and keeps the batch for reuse.</summary>
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
    /// Looks whether records are written beyond the end of what may be read. librdkafka tells an end only once, though a transaction may
    /// begin behind that end later. So this is to be called again and again.
    /// </summary>
    /// <param name="now">Timestamp of processing time.</param>
    internal void LookBeyondEnd(long now)
    {
        if (!atEnd || queue!.HighWatermark is not { } high)
            return;
        if (IsIdle)
            quietSince = now;
        hasMoreBeyondEnd = high > Position.Next;
    }

    /// <summary>Nothing can come right now, so <see cref="WaitingSince"/> begins anew when something can.</summary>
    internal void ResetQuiet() => quietSince = null;

    /// <summary>
    /// The gate has closed, or there are records that may not be read yet, so the partition is not idle. If the observer was told that the
    /// partition is idle, tells the observer that it is active.
    /// </summary>
    internal void WithdrawIdle(IObserver<ViewBatch> observer)
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

    private unsafe void Add(MessageBuffer buffer, Action<PartitionReader, Error> failed, long now)
    {
        for (var message = buffer.Next(); message is not null; message = buffer.Next())
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

    /// <summary>
    /// All records before this offset have been read. The position may leap to the offset, because the marks that end transactions have
    /// offsets, too.
    /// </summary>
    private void End(long offset, long now)
    {
        if (offset > Position.Next)
            Position = Position with { Next = offset };
        (atEnd, hasMoreBeyondEnd) = (true, true);
        LookBeyondEnd(now);
    }
}
