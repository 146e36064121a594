using System.Buffers.Binary;

namespace Rx.Alerting.Connectors.Otlp;

/// <summary>
/// Reads the fields of a message of Protocol Buffers one after the other: https://protobuf.dev/programming-guides/encoding.
/// </summary>
internal ref struct ProtobufFields(ReadOnlySpan<byte> message)
{
    private const int Varint = 0, EightBytes = 1, Delimited = 2, FourBytes = 5;

    private ReadOnlySpan<byte> rest = message;

    /// <summary>The number of the field.</summary>
    public int Field { get; private set; }

    /// <summary>Whether the field has <see cref="Bytes"/>; else it has a <see cref="Number"/>.</summary>
    public bool HasBytes { get; private set; }

    public ReadOnlySpan<byte> Bytes { get; private set; }

    public ulong Number { get; private set; }

    /// <summary>After the last field: whether all bytes were fields.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <returns>False: there is no further field.</returns>
    public bool TryRead()
    {
        if (rest.IsEmpty)
            return false;
        return IsWhole = TryReadVarint(out var tag) && tag >> 3 is > 0 and <= int.MaxValue && TryReadValue((int)(tag & 7), (int)(tag >> 3));
    }

    private bool TryReadValue(int wireType, int field)
    {
        (Field, HasBytes, Number) = (field, wireType == Delimited, 0);
        Bytes = default;
        if (wireType == Varint)
        {
            var isRead = TryReadVarint(out var number);
            Number = number;
            return isRead;
        }

        ulong length = wireType switch { EightBytes => 8, FourBytes => 4, _ => 0 };
        var isKnown = length > 0 || (HasBytes && TryReadVarint(out length));
        if (!isKnown || length > (ulong)rest.Length)
            return false;
        Bytes = rest[..(int)length];
        rest = rest[(int)length..];
        if (wireType == EightBytes)
            Number = BinaryPrimitives.ReadUInt64LittleEndian(Bytes);
        else if (wireType == FourBytes)
            Number = BinaryPrimitives.ReadUInt32LittleEndian(Bytes);
        return true;
    }

    private bool TryReadVarint(out ulong value)
    {
        value = 0;
        for (var index = 0; index < rest.Length && index < 10; index++)
        {
            value |= (ulong)(rest[index] & 0x7F) << (7 * index);
            if (rest[index] < 0x80)
            {
                rest = rest[(index + 1)..];
                return true;
            }
        }

        return false;
    }
}
