using Microsoft.Win32.SafeHandles;

namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>An open file that grows, or may have grown until a while ago.</summary>
internal sealed class LiveFile : RecordInput
{
    /// <summary>Shorter holes are read like other bytes.</summary>
    private const int LongHoleBytes = 1 << 20;

    private readonly SafeFileHandle handle;
    private readonly ReadChecksum content;
    private readonly byte[] head = new byte[FilePosition.HashedBytes];
    private readonly byte[] tail = new byte[64];
    private int headLength, tailLength;
    private long begin, offset, dataAhead;
    private bool complete;

    /// <param name="path">The path that the file has now.</param>
    /// <param name="handle">The file, opened for reading; disposed of with this object.</param>
    /// <param name="offset">Where to begin. The file must be at least as long.</param>
    /// <param name="sum">The checksum of the bytes before <paramref name="offset"/>. Null if it is not known.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal LiveFile(string path, SafeFileHandle handle, long offset, uint? sum = null)
    {
        (Path, this.handle, this.offset) = (path, handle, offset);
        content = new(handle, offset, offset == 0 ? 0 : sum);
        Peek([]);
        tailLength = Peek(tail.AsSpan(0, (int)Math.Min(tail.Length, offset)), offset - Math.Min(tail.Length, offset));
    }

    internal override string Path { get; }

    internal override bool MayGrow => !complete;

    internal override long? Length => RandomAccess.GetLength(handle);

    internal override long BytesRead => offset;

    /// <summary>The first bytes of the content. If the file begins with a hole, the content begins behind the hole.</summary>
    internal override ReadOnlySpan<byte> Head => head.AsSpan(0, headLength);

    /// <summary>Whether NULs are not content, as in text. Then NULs at the end of the file are not read: they may be filled yet.</summary>
    internal bool HasHoles { get; set; }

    internal FileStatus Status(bool inodes) => FileStatus.Of(handle, inodes);

    /// <summary>Reads the first bytes of the content as they are now. The offset stays.</summary>
    internal int Peek(Span<byte> target)
    {
        if (headLength == 0)
        {
            begin = FileHoles.NextData(handle, 0);

            // NULs at the end of the file may be filled yet.
            headLength = head.AsSpan(0, Peek(head, begin)).TrimEnd((byte)0).Length;
        }

        return Peek(target, begin);
    }

    internal override int Read(Span<byte> target)
    {
        var count = RandomAccess.Read(handle, target, offset);
        if (HasHoles)
            count = WithoutEmptyEnd(target[..count]);
        var bytes = target[..count];
        Remember(bytes);
        content.Add(bytes);
        offset += count;
        return count;
    }

    /// <summary>
    /// The checksum of all bytes before an offset, which must not be smaller than the offset that was asked for last. Null if it is not
    /// known.
    /// </summary>
    internal uint? ContentAt(long end) => content.At(end);

    /// <summary>The checksum of all bytes before an offset, which are read again.</summary>
    internal uint? ReadContentTo(long end) => ContentChecksum.Add(0, handle, 0, end);

    /// <summary>
    /// Passes over a hole at the beginning of the file, if bytes follow the hole, and nothing has been read. Gives the offset.
    /// </summary>
    internal long PassHoleAtBeginning()
    {
        if (offset == 0 && begin > 0 && headLength > 0)
            PassOver(begin);
        return offset;
    }

    /// <summary>Passes over a long hole. False if there is none.</summary>
    internal bool TryPassHole()
    {
        if (dataAhead - offset < LongHoleBytes)
            return false;
        PassOver(dataAhead);
        return true;
    }

    /// <summary>Nothing will be written to the file any more.</summary>
    internal void SetComplete() => complete = true;

    /// <summary>Whether the bytes that were read, and the first bytes, are still in the file, and not cut off or overwritten.</summary>
    internal bool IsIntact()
    {
        if (Length < offset)
            return false;
        Span<byte> now = stackalloc byte[FilePosition.HashedBytes];
        return now[..Peek(now[..headLength], begin)].SequenceEqual(Head)
            && now[..Peek(now[..tailLength], offset - tailLength)].SequenceEqual(tail.AsSpan(0, tailLength));
    }

    /// <summary>The offset behind the last whole line.</summary>
    internal long EndOfLines()
    {
        var block = new byte[128 << 10];
        for (var end = Length!.Value; end > 0;)
        {
            var start = Math.Max(0, end - block.Length);
            var count = RandomAccess.Read(handle, block.AsSpan(0, (int)(end - start)), start);
            if (block.AsSpan(0, count).LastIndexOfAny((byte)'\n', (byte)'\r') is >= 0 and var last)
                return start + last + 1;
            end = start;
        }

        return 0;
    }

    public override void Dispose() => handle.Dispose();

    private int Peek(Span<byte> target, long at)
    {
        var count = 0;
        while (count < target.Length && RandomAccess.Read(handle, target[count..], at + count) is > 0 and var more)
            count += more;
        return count;
    }

    private void PassOver(long end)
    {
        tailLength = 0;
        offset = end;
        content.PassOver(end);
    }

    /// <summary>How many bytes there are without the NULs at their end, unless other bytes follow these NULs in the file.</summary>
    private int WithoutEmptyEnd(ReadOnlySpan<byte> bytes)
    {
        var data = bytes.LastIndexOfAnyExcept((byte)0) + 1;
        if (data > 0 || bytes.IsEmpty)
            return data;
        if (dataAhead <= offset)
        {
            var length = Length;
            if (FileHoles.NextData(handle, offset) is var next && next >= length)
                return 0;
            dataAhead = next;
        }

        return (int)Math.Min(bytes.Length, dataAhead - offset);
    }

    private void Remember(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return;
        if (headLength == 0)
            begin = offset + Math.Max(0, bytes.IndexOfAnyExcept((byte)0));
        var at = begin + headLength - offset;
        if (headLength < head.Length && at >= 0 && at < bytes.Length)
        {
            var more = bytes[(int)at..];
            more = more[..Math.Min(more.Length, head.Length - headLength)];
            more.CopyTo(head.AsSpan(headLength));
            headLength += more.Length;
        }

        var last = bytes[^Math.Min(bytes.Length, tail.Length)..];
        var kept = Math.Min(tailLength, tail.Length - last.Length);
        tail.AsSpan(tailLength - kept, kept).CopyTo(tail);
        last.CopyTo(tail.AsSpan(kept));
        tailLength = kept + last.Length;
    }
}
