using Rx.Alerting.Connectors.Framing;
using Rx.Alerting.Connectors.Kafka.Native;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Kafka.Reading;

/// <summary>
/// Records of one partition: first filled, then decoded on another thread, then pushed, then filled again. Until they are decoded they stay where
/// librdkafka has them; whoever decodes them copies and destroys them, too, so that the thread that reads only passes them on.
/// </summary>
internal sealed unsafe class RecordBatch(PartitionReading partition, KafkaOptions options) : IDisposable
{
    private const int MaximumBytes = 8 << 20;

    /// <summary>Fewer are decoded faster than another thread is woken.</summary>
    private const int FewRecords = 32;

    private readonly ValueDecoding values = new(options.Format, options.AccessLog, options.MaximumRecordBytes);
    private readonly List<nint> records = [];
    private long bytes;
    private int next;
    private Task? decoding;

    internal PartitionReading Partition => partition;

    internal ViewBatch Views { get; } = new(partition.Name);

    internal bool IsEmpty => records.Count == 0;

    internal bool IsFull => Room == 0;

    /// <summary>How many more records it takes.</summary>
    internal int Room => bytes < MaximumBytes ? options.BatchViews - records.Count : 0;

    /// <summary>Takes a record over.</summary>
    internal void Add(NativeMessage* record)
    {
        records.Add((nint)record);
        bytes += record->Length;
    }

    /// <summary>Nothing is added any more.</summary>
    internal void BeginDecoding(string position, PartitionStatus status)
    {
        (Views.Position, Views.Status) = (position, status);
        decoding = records.Count > FewRecords && Environment.ProcessorCount > 1 ? Task.Run(Decode) : null;
    }

    /// <summary>Ends when the views are there; decodes itself where nobody has begun.</summary>
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

    /// <summary>Gives back what is not decoded.</summary>
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

        // All at once: they are freed in the arena that librdkafka's thread takes new ones from, and each time both want it one of them sleeps.
        while (next < records.Count)
            DestroyNext();
    }

    private void DestroyNext() => Librdkafka.MessageDestroy((NativeMessage*)records[next++]);

    /// <summary>Of most of a record nothing is wanted: less memory is used if that is overwritten by the next record.</summary>
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
