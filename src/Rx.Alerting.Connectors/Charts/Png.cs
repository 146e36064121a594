using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace Rx.Alerting.Connectors.Charts;

/// <summary>Writes pictures as PNG (W3C Recommendation, third edition): 8 bits a channel, no transparency, one chunk of pixels.</summary>
internal static class Png
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    public static byte[] Encode(Canvas canvas)
    {
        var file = new MemoryStream();
        file.Write(Signature);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, canvas.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], canvas.Height);
        (header[8], header[9]) = (8, 2); // Bits of a channel; red, green, blue.
        Chunk(file, "IHDR"u8, header);
        Chunk(file, "IDAT"u8, Rows(canvas));
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static ReadOnlySpan<byte> Rows(Canvas canvas)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var rest = canvas.Pixels; rest.Length > 0; rest = rest[(3 * canvas.Width)..])
            {
                zlib.WriteByte(0); // The row is not filtered.
                zlib.Write(rest[..(3 * canvas.Width)]);
            }
        }

        return packed.GetBuffer().AsSpan(0, (int)packed.Length);
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        file.Write(type);
        file.Write(content);
        var crc = new Crc32();
        crc.Append(type);
        crc.Append(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, crc.GetCurrentHashAsUInt32());
        file.Write(number);
    }
}
