using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Dumps;

/// <summary>Rows as lines of JSON, compressed, in a temporary file.</summary>
internal sealed class DumpFile : IDisposable
{
    private const int BlockBytes = 64 << 10;
    private static readonly byte[] EndOfLine = [(byte)'\n'];

    /// <summary>What gzip makes of nothing. <see cref="GZipStream"/> makes nothing of it, which gzip does not read.</summary>
    private static readonly byte[] Empty = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private readonly FileStream file;
    private readonly GZipStream compressed;
    private readonly ArrayBufferWriter<byte> block = new(2 * BlockBytes);
    private readonly Utf8JsonWriter json;

    /// <exception cref="IOException">The file cannot be made.</exception>
    public DumpFile(string folder)
    {
        file = TemporaryFile.Create(folder);
        compressed = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true);
        json = new Utf8JsonWriter(block, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    public long Rows { get; private set; }

    /// <summary>The whole file, after <see cref="End"/>.</summary>
    public Stream Content => file;

    /// <summary>Begins a row. One value is written to it, and nothing else.</summary>
    public Utf8JsonWriter Begin()
    {
        json.Reset(block);
        return json;
    }

    /// <summary>Ends the row that was begun.</summary>
    public void EndRow()
    {
        json.Flush();
        block.Write(EndOfLine);
        Rows++;
        if (block.WrittenCount >= BlockBytes)
            Flush();
    }

    /// <summary>Ends the file.</summary>
    /// <returns>The hash of the file, in hexadecimal digits.</returns>
    public string End()
    {
        Flush();
        compressed.Dispose();
        if (Rows == 0)
            file.Write(Empty);
        file.Position = 0;
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    public void Dispose()
    {
        json.Dispose();
        compressed.Dispose();
        file.Dispose();
    }

    private void Flush()
    {
        if (block.WrittenCount > 0)
            compressed.Write(block.WrittenSpan);
        block.ResetWrittenCount();
    }
}
