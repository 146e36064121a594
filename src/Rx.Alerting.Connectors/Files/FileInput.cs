namespace Rx.Alerting.Connectors.Files;

/// <summary>The bytes of one file, decompressed. A fault in the middle ends them and is kept as a problem.</summary>
internal sealed class FileInput : RecordInput
{
    /// <summary>The most that is looked at before reading begins.</summary>
    internal const int HeadBytes = 128 << 10;

    private readonly Stream stream;
    private readonly byte[] head = new byte[HeadBytes];
    private int headLength;
    private int headRead;
    private readonly CountingStream raw;
    private readonly bool triedAgain;
    private long delivered;

    /// <param name="path">What is read, for people.</param>
    /// <param name="raw">The file; disposed of with this.</param>
    /// <param name="triedAgain">Where reading fails, an <see cref="IOException"/> is thrown, as whoever reads begins anew. Damaged data stay so, and are a problem all the same.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
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

    /// <summary>The first bytes, which <see cref="Read"/> gives again.</summary>
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

    /// <summary>Passes over zero bytes at the beginning: so begins a log that was cut off while somebody wrote to it. Before anything is read.</summary>
    /// <returns>How many bytes were passed over; <see cref="Head"/> is what follows.</returns>
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
