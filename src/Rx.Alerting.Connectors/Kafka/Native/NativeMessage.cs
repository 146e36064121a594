using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Kafka.Native;

/// <summary>
/// librdkafka's <c>rd_kafka_message_t</c>: a record, or an event of the partition, such as its end or an error.
/// A message keeps its address until it is destroyed.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct NativeMessage
{
    private readonly int error;
    private readonly nint topic;
    private readonly int partition;
    private readonly byte* payload;
    private readonly nuint length;
    private readonly void* key;
    private readonly nuint keyLength;
    private readonly long offset;
    private readonly void* ownedByLibrdkafka;

    /// <summary><see cref="ErrorCode.NoError"/> for a record.</summary>
    internal ErrorCode Code => (ErrorCode)error;

    internal long Offset => offset;

    internal int Length => (int)length;

    /// <summary>False for a tombstone.</summary>
    internal bool HasValue => payload is not null;

    /// <summary>The value of a record; empty for a tombstone.</summary>
    internal ReadOnlySpan<byte> Value => new(payload, (int)length);

    /// <summary>The error, if this message is not a record.</summary>
    internal Error Error => new(Code, Encoding.UTF8.GetString(Value), Code == ErrorCode.Local_Fatal);

    /// <summary>
    /// When the broker stamped the record, in ms since 1970. <see cref="View.NoArrivalTime"/> if the topic has the producer's time
    /// (<c>CreateTime</c>), because producers disagree about it: Flink and Kafka Streams write event time, others 0, -1 or seconds.
    /// </summary>
    internal static long ArrivalTime(NativeMessage* message)
    {
        int type;
        var timestamp = Librdkafka.MessageTimestamp(message, &type);
        return type == (int)TimestampType.LogAppendTime ? timestamp : View.NoArrivalTime;
    }
}
