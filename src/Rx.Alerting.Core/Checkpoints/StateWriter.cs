using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Rx.Alerting.Core.Checkpoints;

/// <summary>
/// Writes state, little-endian, integers in fixed width. What is written has no names or tags: the reader reads in the
/// same order, and the version in front of each section says which order that is.
/// </summary>
public sealed class StateWriter
{
    private readonly ArrayBufferWriter<byte> buffer = new(4096);

    public ReadOnlyMemory<byte> Written => buffer.WrittenMemory;

    public void Byte(byte value)
    {
        buffer.GetSpan(1)[0] = value;
        buffer.Advance(1);
    }

    public void Boolean(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void Int32(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(buffer.GetSpan(4), value);
        buffer.Advance(4);
    }

    public void Int64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(buffer.GetSpan(8), value);
        buffer.Advance(8);
    }

    public void UInt64(ulong value) => Int64(unchecked((long)value));

    public void Double(double value) => Int64(BitConverter.DoubleToInt64Bits(value));

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Int32(value.Length);
        buffer.Write(value);
    }

    public void String(string? value)
    {
        Boolean(value is not null);
        if (value is not null)
            Bytes(Encoding.UTF8.GetBytes(value));
    }
}
