using System.Text;

namespace Rx.Alerting.Service.Tests.Explain;

/// <summary>A message of Protocol Buffers, as it is written.</summary>
internal sealed class ProtobufMessage
{
    private readonly List<byte> bytes = [];

    public ProtobufMessage Text(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

    public ProtobufMessage Message(int field, ProtobufMessage message) => Bytes(field, [.. message.bytes]);

    public ProtobufMessage Number(int field, ulong value)
    {
        Varint((ulong)field << 3);
        Varint(value);
        return this;
    }

    public byte[] Delimited()
    {
        var message = new ProtobufMessage();
        message.Varint((ulong)bytes.Count);
        return [.. message.bytes, .. bytes];
    }

    private ProtobufMessage Bytes(int field, byte[] value)
    {
        Varint(((ulong)field << 3) | 2);
        Varint((ulong)value.Length);
        bytes.AddRange(value);
        return this;
    }

    private void Varint(ulong value)
    {
        for (; value > 0x7F; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
    }
}
