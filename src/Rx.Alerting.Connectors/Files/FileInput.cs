using System.IO.Compression;

namespace Rx.Alerting.Connectors.Files;

/// <summary>The bytes of one file, decompressed. A fault in the middle ends them and is kept as a problem.</summary>
internal sealed class FileInput : IDisposable
{
    /// <summary>The most that is looked at before reading begins.</summary>
    internal const int HeadBytes = 128 << 10;

    private readonly Stream stream;
    private readonly byte[] head = new byte[HeadBytes];
    private readonly int headLength;
    private int headRead;
    private readonly CountingStream raw;
    private long delivered;

    // Without it the framework takes the middle of gzip data for their end; it is read when the first stream is opened.
    static FileInput() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);

    internal FileInput(string path, Stream raw)
    {
        Path = path;
        Length = raw.CanSeek ? raw.Length : null;
        var magic = new byte[2];
        var length = raw.ReadAtLeast(magic, 2, throwOnEndOfStream: false);
        this.raw = new CountingStream(raw, magic[..length]);
        stream = magic is [0x1F, 0x8B] ? new GZipStream(new BufferedStream(this.raw, HeadBytes), CompressionMode.Decompress) : this.raw;
        while (headLength < head.Length && Problem is null && ReadStream(head.AsSpan(headLength)) is > 0 and var count)
            headLength += count;
    }

    internal string Path { get; }

    /// <summary>Bytes on disk; null where that is not known.</summary>
    internal long? Length { get; }

    /// <summary>Bytes read from disk.</summary>
    internal long BytesRead => raw.Given;

    /// <summary>Why the bytes ended too early; null while all is well.</summary>
    internal SourceProblem? Problem { get; private set; }

    /// <summary>The first bytes, which <see cref="Read"/> gives again.</summary>
    internal ReadOnlySpan<byte> Head => head.AsSpan(0, headLength);

    /// <summary>Bytes for <paramref name="target"/>; 0 at the end.</summary>
    internal int Read(Span<byte> target)
    {
        if (headRead == headLength)
            return Problem is null ? ReadStream(target) : 0;
        var count = Math.Min(target.Length, headLength - headRead);
        head.AsSpan(headRead, count).CopyTo(target);
        headRead += count;
        return count;
    }

    /// <summary>Records that the rest of the file cannot be read.</summary>
    internal void Break(string message) => Problem ??= new(Path, message);

    public void Dispose() => stream.Dispose();

    private int ReadStream(Span<byte> target)
    {
        try
        {
            var count = stream.Read(target);
            delivered += count;
            return count;
        }
        catch (InvalidDataException)
        {
            Break($"the gzip data are cut off or damaged; read up to byte {delivered} of their content");
        }
        catch (IOException e)
        {
            Break($"reading failed after byte {delivered}: {e.Message}");
        }

        return 0;
    }
}
