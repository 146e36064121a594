using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Rx.Alerting.Core.Views.Mux;

/// <summary>The wire types of Protocol Buffers that are read. Groups (3 and 4) are not read.</summary>
internal enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    Fixed32 = 5,
}

/// <summary>Finds where the parts of a Protocol Buffers message (protobuf.dev, «Encoding») end. Nothing allocates or throws.</summary>
/// <remarks>
/// The functions are pure. They take the text that has the message in it, and a position, and return the position behind the part, or -1.
/// The position stays in a register. Reading a field must wait for the end of the field before; that wait is most of the cost.
/// </remarks>
internal static class ProtobufSyntax
{
    private const ulong HighBits = 0x80808080_80808080;

    /// <summary>Reads a field's number and type, <c>number · 8 + type</c>: at least 8, at most 32 bits.</summary>
    /// <param name="text">The bytes that have the message in them.</param>
    /// <param name="at">Where the field begins, before <paramref name="end"/>.</param>
    /// <param name="end">Where the message ends.</param>
    /// <param name="tag">The number and the type.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Tag(ReadOnlySpan<byte> text, int at, int end, out ulong tag)
    {
        at = Varint(text, at, end, out tag);
        return tag - 8 <= uint.MaxValue - 8 ? at : -1;
    }

    /// <summary>Reads a varint: seven bits a byte, at most ten bytes.</summary>
    /// <inheritdoc cref="Tag"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Varint(ReadOnlySpan<byte> text, int at, int end, out ulong value)
    {
        // Nearly all tags and lengths have one or two bytes.
        if (at < end - 1)
        {
            value = text[at];
            if (value < 0x80)
                return at + 1;
            ulong second = text[at + 1];
            if (second < 0x80)
            {
                value = (value & 0x7F) | (second << 7);
                return at + 2;
            }
        }

        // A separate variable: a variable whose address is taken is kept in memory.
        at = LongVarint(text, at, end, out var any);
        value = any;
        return at;
    }

    /// <summary>Reads a varint that probably has more than two bytes.</summary>
    /// <inheritdoc cref="Tag"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int LongVarint(ReadOnlySpan<byte> text, int at, int end, out ulong value)
    {
        if (text.Length - at < sizeof(ulong))
            return AnyVarint(text[at..end], at, out value);

        // The last byte of the varint is the first byte without a high bit. The bytes behind that byte are cut off.
        value = BinaryPrimitives.ReadUInt64LittleEndian(text[at..]);
        var ends = ~value & HighBits;
        if (ends == 0)
            return AnyVarint(text[at..end], at, out value);
        at += (BitOperations.TrailingZeroCount(ends) + 1) / 8;
        value &= (ends ^ (ends - 1)) & ~HighBits;
        value = (value & 0x007F007F_007F007F) | ((value >> 1) & 0x3F803F80_3F803F80);
        value = (value & 0x00003FFF_00003FFF) | ((value >> 2) & 0x0FFFC000_0FFFC000);
        value = (value & 0x00000000_0FFFFFFF) | ((value >> 4) & 0x00FFFFFF_F0000000);
        return at <= end ? at : -1;
    }

    private static int AnyVarint(ReadOnlySpan<byte> bytes, int at, out ulong value)
    {
        value = 0;
        for (var i = 0; i < bytes.Length && i < 10; i++)
        {
            value |= (ulong)(bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] < 0x80)
                return at + i + 1;
        }

        return -1;
    }
}
