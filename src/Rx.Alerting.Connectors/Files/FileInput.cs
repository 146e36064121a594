namespace Rx.Alerting.Connectors.Files;

/// <summary>The bytes of one file, decompressed. A fault in the middle ends the bytes, and is kept as a problem.</summary>
internal sealed class FileInput : RecordInput
{
    /// <summary>The most bytes that are looked at before reading begins.</summary>
    internal const int HeadBytes = 128 << 10;

    private readonly Stream stream;
    private readonly byte[] head = new byte[HeadBytes];
    private int headLength;
    private int headRead;
    private readonly CountingStream raw;
    private readonly bool triedAgain;
    private long delivered;

    /// <param name="path">The name of the file, for people.</param>
    /// <param name="raw">The file; disposed of with this object.</param>
    /// <param name="triedAgain">
    /// Whether the caller retries. Then a failure to read throws an <see cref="IOException"/>. Damaged data are a problem in any case,
    /// because a retry does not repair them.
    /// </param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal FileInput(string path, Stream raw, bool triedAgain = false)
    {
        (Path, this.triedAgain) = (path, triedAgain);
        Length = raw.CanSeek ? raw.Length : null;
        var magic = new byte[2];
        var length = raw.ReadAtLeast(magic, 2, throwOnEndOfStream: false);
        this.raw = new CountingStream(raw, magic[..length]);
        stream = Gzip.IsMagic(magic) ? Gzip.Open(this.raw) : this.raw;
        FillHead();
    }

    internal override string Path { get; }

    internal override long? Length { get; }

    internal override long BytesRead => raw.Given;

    /// <summary>The first bytes. <see cref="Read"/> gives them, too.</summary>
    internal override ReadOnlySpan<byte> Head => head.AsSpan(0, headLength);

    internal override int Read(Span<byte> target)
    {
        if (headRead == headLength)
            return Problem is null ? ReadStream(target) : 0;
        var count = Math.Min(target.Length, headLength - headRead);
        head.AsSpan(headRead, count).CopyTo(target);
        headRead += count;
        return count;
    }

    /// <summary>
    /// Passes over zero bytes at the beginning. A log begins with them if it was truncated while its writer kept its offset. To be called
    /// before <see cref="Read"/>.
    /// </summary>
    /// <returns>How many bytes were passed over. <see cref="Head"/> is what follows them.</returns>
    internal long SkipZeros()
    {
        while (Head.IndexOfAnyExcept((byte)0) is var zeros && zeros != 0 && headLength > 0)
        {
            var count = zeros < 0 ? headLength : zeros;
            head.AsSpan(count, headLength - count).CopyTo(head);
            headLength -= count;
            FillHead();
        }

        return delivered - headLength;
    }

    public override void Dispose() => stream.Dispose();

    private void FillHead()
    {
        while (headLength < head.Length && Problem is null && ReadStream(head.AsSpan(headLength)) is > 0 and var count)
            headLength += count;
    }

    private int ReadStream(Span<byte> target)
    {
        try
        {
            var count = stream.Read(target);
            delivered += count;
            return count;
        }
        catch (InvalidDataException e)
        {
            Break($"{e.Message}; read up to byte {delivered} of their content");
        }
        catch (IOException e) when (!triedAgain)
        {
            Break($"reading failed after byte {delivered}: {e.Message}");
        }

        return 0;
    }
}
