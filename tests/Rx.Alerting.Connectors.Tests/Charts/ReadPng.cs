using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace Rx.Alerting.Connectors.Tests.Charts;

/// <summary>Reads a PNG of three 8-bit channels without filters, and checks every chunk.</summary>
internal sealed class ReadPng
{
    private readonly byte[] rows;

    public ReadPng(byte[] file)
    {
        Assert.Equal("89504E470D0A1A0A", Convert.ToHexString(file[..8]));
        var chunks = Chunks(file).ToList();
        Assert.Equal(["IHDR", "IDAT", "IEND"], chunks.Select(chunk => chunk.Type));
        var header = chunks[0].Content;
        (Width, Height) = (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4)));
        Assert.Equal([8, 2, 0, 0, 0], header[8..]);
        using var zlib = new ZLibStream(new MemoryStream(chunks[1].Content), CompressionMode.Decompress);
        var content = new MemoryStream();
        zlib.CopyTo(content);
        rows = content.ToArray();
        Assert.Equal(Height * ((3 * Width) + 1), rows.Length);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>How many pixels have a colour, <c>0xRRGGBB</c>.</summary>
    public int Count(int colour) =>
        Enumerable.Range(0, Height).Sum(y => Enumerable.Range(0, Width).Count(x => At(x, y) == colour));

    public int At(int x, int y)
    {
        var start = (y * ((3 * Width) + 1)) + 1 + (3 * x);
        return (rows[start] << 16) | (rows[start + 1] << 8) | rows[start + 2];
    }

    private static IEnumerable<(string Type, byte[] Content)> Chunks(byte[] file)
    {
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            var crc = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length));
            Assert.Equal(Crc32.HashToUInt32(file.AsSpan(at + 4, length + 4)), crc);
            yield return (Encoding.ASCII.GetString(file, at + 4, 4), file[(at + 8)..(at + 8 + length)]);
            at += length + 12;
        }
    }
}
