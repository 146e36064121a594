using System.Buffers.Text;
using System.Text;

namespace Rx.Alerting.Connectors.Simulation.Formats;

/// <summary>Appends text and protobuf fields to a span that has room for a whole record.</summary>
internal ref struct RecordWriter(Span<byte> destination)
{
    private readonly Span<byte> destination = destination;

    public int Length { get; private set; }

    public void Raw(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(destination[Length..]);
        Length += bytes.Length;
    }

    public void Text(string text) => Length += Encoding.UTF8.GetBytes(text, destination[Length..]);

    public void Number(long value)
    {
        Utf8Formatter.TryFormat(value, destination[Length..], out var written);
        Length += written;
    }

    /// <summary>16 lower-case hexadecimal digits.</summary>
    public void Hex(ulong value)
    {
        for (var shift = 60; shift >= 0; shift -= 4)
            destination[Length++] = "0123456789abcdef"u8[(int)(value >> shift) & 15];
    }

    /// <summary>Exactly <paramref name="digits"/> decimal digits.</summary>
    public void Digits(int value, int digits)
    {
        for (var i = digits - 1; i >= 0; i--)
        {
            destination[Length + i] = (byte)('0' + (value % 10));
            value /= 10;
        }

        Length += digits;
    }

    /// <summary>As in 2026-01-05T00:00:00.000Z.</summary>
    public void Timestamp(long unixMs)
    {
        var time = DateTime.UnixEpoch.AddMilliseconds(unixMs);
        var (year, month, day) = time;
        Digits(year, 4);
        Raw("-"u8);
        Digits(month, 2);
        Raw("-"u8);
        Digits(day, 2);
        Raw("T"u8);
        Clock(time);
        Raw("."u8);
        Digits(time.Millisecond, 3);
        Raw("Z"u8);
    }

    public void Clock(DateTime time)
    {
        Digits(time.Hour, 2);
        Raw(":"u8);
        Digits(time.Minute, 2);
        Raw(":"u8);
        Digits(time.Second, 2);
    }

    public void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            destination[Length++] = (byte)(value | 0x80);
        destination[Length++] = (byte)value;
    }

    /// <summary>A protobuf field of wire type 0.</summary>
    public void Field(int number, long value)
    {
        Varint((uint)number << 3);
        Varint((ulong)value);
    }

    /// <summary>A protobuf field of wire type 2.</summary>
    public void Field(int number, scoped ReadOnlySpan<byte> bytes)
    {
        Varint(((uint)number << 3) | 2);
        Varint((uint)bytes.Length);
        Raw(bytes);
    }
}
