using System.Buffers.Binary;
using System.Text;

namespace Rx.Alerting.Core.Checkpoints;

/// <summary>Reads bytes that a <see cref="StateWriter"/> has written.</summary>
/// <exception cref="CheckpointFormatException">From every method: the bytes end too early.</exception>
public sealed class StateReader(ReadOnlyMemory<byte> state)
{
    private static readonly long Earliest = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    private int position;

    /// <summary>Whether all bytes have been read.</summary>
    public bool AtEnd => position == state.Length;

    public byte Byte() => Take(1)[0];

    public bool Boolean() => Byte() != 0;

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public ulong UInt64() => unchecked((ulong)Int64());

    /// <summary>Reads a time, as milliseconds since the Unix epoch.</summary>
    public DateTimeOffset Time()
    {
        var milliseconds = Int64();
        return milliseconds >= Earliest && milliseconds <= Latest
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : throw new CheckpointFormatException($"The checkpoint is damaged: {milliseconds} is no time.");
    }

    public double Double() => BitConverter.Int64BitsToDouble(Int64());

    public byte[] Bytes() => Take(Count()).ToArray();

    public string? String() => Boolean() ? Encoding.UTF8.GetString(Take(Count())) : null;

    /// <summary>
    /// Reads the number of elements that follow. The number is not negative, and not larger than the number of bytes left.
    /// </summary>
    public int Count()
    {
        var count = Int32();
        var left = state.Length - position;
        if (count < 0 || count > left)
        {
            throw new CheckpointFormatException(
                $"The checkpoint is damaged: a count of {count} at byte {position - 4}, {left} bytes before its end.");
        }

        return count;
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (state.Length - position < length)
        {
            throw new CheckpointFormatException(
                $"The checkpoint is damaged: it ends at byte {state.Length}, where {length} more bytes are expected at byte {position}.");
        }

        position += length;
        return state.Span.Slice(position - length, length);
    }
}
