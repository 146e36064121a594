using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace Rx.Alerting.Core.Checkpoints;

/// <summary>
/// Writes values as bytes: little-endian, integers in fixed width, without names or tags. The reader must read in the same order. The
/// layout's version in the header tells the order.
/// </summary>
public sealed class StateWriter
{
    private byte[] buffer = [];
    private int length;

    public ReadOnlyMemory<byte> Written => buffer.AsMemory(0, length);

    internal int Capacity => buffer.Length;

    /// <summary>Removes all bytes and keeps the buffer. The next values overwrite the bytes of <see cref="Written"/>.</summary>
    internal void Clear() => length = 0;

    public void Byte(byte value) => Take(1)[0] = value;

    public void Boolean(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void Int32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(4), value);

    public void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(8), value);

    public void UInt64(ulong value) => Int64(unchecked((long)value));

    public void Double(double value) => Int64(BitConverter.DoubleToInt64Bits(value));

    /// <summary>Writes a time, as milliseconds since the Unix epoch.</summary>
    public void Time(DateTimeOffset value) => Int64(value.ToUnixTimeMilliseconds());

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Int32(value.Length);
        value.CopyTo(Take(value.Length));
    }

    public void String(string? value)
    {
        Boolean(value is not null);
        if (value is not null)
            Bytes(Encoding.UTF8.GetBytes(value));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Take(int count)
    {
        if (buffer.Length - length < count)
            Grow(count);
        length += count;
        return buffer.AsSpan(length - count, count);
    }

    private void Grow(int count)
    {
        var wanted = Math.Max(length + (long)count, Math.Max(4096, buffer.Length * 2L));
        var larger = GC.AllocateUninitializedArray<byte>((int)Math.Min(wanted, Array.MaxLength));
        Written.CopyTo(larger);
        buffer = larger;
    }
}
