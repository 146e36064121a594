namespace Rx.Alerting.Core.Views;

/// <summary>The wire types of Protocol Buffers that are read; groups (3 and 4) are not.</summary>
internal enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    Fixed32 = 5,
}

/// <summary>Reads the fields of one message of Protocol Buffers (protobuf.dev, «Encoding») without allocating or throwing.</summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private readonly ReadOnlySpan<byte> message = message;
    private int at;

    internal int Field { get; private set; }

    internal WireType Type { get; private set; }

    /// <summary>The last field's varint; of bytes, their number.</summary>
    internal ulong Value { get; private set; }

    /// <summary>Where the last field's bytes begin in the message.</summary>
    internal readonly int Start => at - (int)Value;

    internal readonly bool AtEnd => at == message.Length;

    internal readonly ReadOnlySpan<byte> Bytes => message.Slice(Start, (int)Value);

    /// <summary>Reads one field with its value. False if it is not well formed, is a group, or is cut off.</summary>
    internal bool TryRead()
    {
        if (!TryReadVarint(message, ref at, out var tag) || tag is < 8 or > uint.MaxValue)
            return false;
        Field = (int)(tag >> 3);
        Type = (WireType)(tag & 7);
        switch (Type)
        {
            case WireType.Varint when TryReadVarint(message, ref at, out var number):
                Value = number;
                return true;
            case WireType.Bytes when TryReadVarint(message, ref at, out var length):
                Value = length;
                return TryAdvance(length);
            case WireType.Fixed64:
                return TryAdvance(8);
            case WireType.Fixed32:
                return TryAdvance(4);
            default:
                return false;
        }
    }

    /// <summary>Reads a number of seven bits a byte, at most ten bytes. False if it is cut off or longer.</summary>
    internal static bool TryReadVarint(ReadOnlySpan<byte> bytes, ref int at, out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 70 && (uint)at < (uint)bytes.Length; shift += 7)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return true;
        }

        return false;
    }

    private bool TryAdvance(ulong length)
    {
        if (length > (ulong)(message.Length - at))
            return false;
        at += (int)length;
        return true;
    }
}
