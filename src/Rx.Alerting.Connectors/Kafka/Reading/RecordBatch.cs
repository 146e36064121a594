using Rx.Alerting.Connectors.Framing;
using Rx.Alerting.Connectors.Kafka.Native;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Kafka.Reading;

/// <summary>
/// Records of one partition, and the views that are decoded from them. A batch is filled, decoded, pushed, and filled again. A
/// thread of the pool decodes it, unless its records are few.
/// </summary>
/// <remarks>
/// Records stay in librdkafka's memory until they are decoded. The decoding thread reads, copies and destroys them, so the reading thread
/// only passes pointers on.
/// </remarks>
internal sealed unsafe class RecordBatch(PartitionReader partition, KafkaOptions options) : IDisposable
{
    private const int MaximumBytes = 8 << 20;

    /// <summary>So few records are decoded on the reading thread: waking another thread would take longer.</summary>
    private const int FewRecords = 32;

    private readonly ValueDecoding values = new(options.Format, options.AccessLog, options.MaximumRecordBytes);
    private readonly List<nint> records = [];
    private long bytes;
    private int next;
    private Task? decoding;

    internal PartitionReader Partition => partition;

    internal ViewBatch Views { get; } = new(partition.Name);

    internal bool IsEmpty => records.Count == 0;

    internal bool IsFull => Room == 0;

    /// <summary>How many more records fit.</summary>
    internal int Room => bytes < MaximumBytes ? options.BatchViews - records.Count : 0;

    /// <summary>Adds a record, and becomes its owner: the batch will destroy it.</summary>
    internal void Add(NativeMessage* record)
    {
        records.Add((nint)record);
        bytes += record->Length;
    }

    /// <summary>Begins to decode. No record is added after that until <see cref="Clear"/>.</summary>
    internal void BeginDecoding(string position, PartitionStatus status)
    {
        (Views.Position, Views.Status) = (position, status);
        decoding = records.Count > FewRecords && Environment.ProcessorCount > 1 ? Task.Run(Decode) : null;
    }

    /// <summary>Waits until the views are decoded, and gives them. Decodes on this thread if no other thread has begun to.</summary>
    internal ViewBatch Decoded()
    {
        if (decoding is null)
            Decode();
        else
            decoding.GetAwaiter().GetResult();
        return Views;
    }

    internal void Clear()
    {
        Views.Clear();
        records.Clear();
        (bytes, next, decoding) = (0, 0, null);
    }

    /// <summary>Destroys the records that are not decoded.</summary>
    public void Dispose()
    {
        ((IAsyncResult?)decoding)?.AsyncWaitHandle.WaitOne();
        while (next < records.Count)
            DestroyNext();
    }

    private void Decode()
    {
        for (var i = next; i < records.Count; i++)
            Decode((NativeMessage*)records[i]);

        // All at once: librdkafka's thread allocates from the same arena in which this thread frees. When both want it, one of them sleeps.
        while (next < records.Count)
            DestroyNext();
    }

    private void DestroyNext() => Librdkafka.MessageDestroy((NativeMessage*)records[next++]);

    /// <summary>
    /// Decodes one record, and keeps only the text that its view refers to: the rest of the record is dropped.
    /// </summary>
    private void Decode(NativeMessage* record)
    {
        var (start, views, rejected) = (Views.TextLength, Views.ViewCount, Views.RejectedCount);
        if (record->HasValue)
            values.Decode(Views, record->Value, NativeMessage.ArrivalTime(record));
        else
            ValueDecoding.Reject(Views, RejectionReason.Tombstone, default);
        if (Views.ViewCount == views + 1 && Views.RejectedCount == rejected)
            Views.Compact(start);
    }
}
