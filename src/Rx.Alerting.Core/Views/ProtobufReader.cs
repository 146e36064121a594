using System.Runtime.CompilerServices;

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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryRead()
    {
        if (!TryVarint(out var tag) || tag is < 8 or > uint.MaxValue)
            return false;
        Field = (int)(tag >> 3);
        Type = (WireType)(tag & 7);
        if (Type is WireType.Varint or WireType.Bytes)
        {
            var valid = TryVarint(out var value);
            Value = value;
            return valid && (Type == WireType.Varint || TryAdvance(value));
        }

        return Type is WireType.Fixed64 or WireType.Fixed32 && TryAdvance(Type == WireType.Fixed64 ? 8UL : 4UL);
    }

    /// <summary>Reads a number of seven bits a byte, at most ten bytes. False if it is cut off or longer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryVarint(out ulong value)
    {
        // Nearly all tags and lengths have one byte or two.
        var rest = message.Length - at;
        if (rest >= 2)
        {
            ulong first = message[at], second = message[at + 1];
            if (first < 0x80)
            {
                value = first;
                at++;
                return true;
            }

            if (second < 0x80)
            {
                value = (first & 0x7F) | (second << 7);
                at += 2;
                return true;
            }
        }

        var length = AnyVarint(message[at..], out value);
        at += length;
        return length > 0;
    }

    /// <summary>The number of bytes of the varint, or 0.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int AnyVarint(ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        for (var i = 0; i < bytes.Length && i < 10; i++)
        {
            value |= (ulong)(bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] < 0x80)
                return i + 1;
        }

        return 0;
    }

    private bool TryAdvance(ulong length)
    {
        if (length > (ulong)(message.Length - at))
            return false;
        at += (int)length;
        return true;
    }
}
