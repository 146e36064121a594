using Confluent.Kafka;

namespace Rx.Alerting.Connectors.Kafka.Reading;

/// <summary>
/// Takes a record's value over into a buffer that is used again, so that no array is made for it. The partition is known only
/// when the record is returned; until then the bytes stay here.
/// </summary>
internal sealed class RecordValue : IDeserializer<Ignore>
{
    private byte[] buffer = new byte[4096];
    private int length;

    internal ReadOnlySpan<byte> Bytes => buffer.AsSpan(0, length);

    /// <inheritdoc/>
    public Ignore Deserialize(ReadOnlySpan<byte> data, bool isNull, SerializationContext context)
    {
        if (buffer.Length < data.Length)
            buffer = new byte[Math.Max(data.Length, buffer.Length * 2)];
        data.CopyTo(buffer);
        length = data.Length;
        return null!;
    }
}
