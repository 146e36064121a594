using Microsoft.Win32.SafeHandles;

namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>An open file that grows, or may have done so until a while ago.</summary>
internal sealed class LiveFile : RecordInput
{
    /// <summary>Holes of fewer bytes are read like anything else.</summary>
    private const int LongHoleBytes = 1 << 20;

    private readonly SafeFileHandle handle;
    private readonly ReadContent content;
    private readonly byte[] head = new byte[FilePosition.HashedBytes];
    private readonly byte[] tail = new byte[64];
    private int headLength, tailLength;
    private long begin, offset, dataAhead;
    private bool closed;

    /// <param name="path">Its path just now.</param>
    /// <param name="handle">Opened for reading; disposed of with this.</param>
    /// <param name="offset">Where to begin; the file must be as long.</param>
    /// <param name="sum">The checksum of what is before <paramref name="offset"/>; null: not known.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal LiveFile(string path, SafeFileHandle handle, long offset, uint? sum = null)
    {
        (Path, this.handle, this.offset) = (path, handle, offset);
        content = new(handle, offset, offset == 0 ? 0 : sum);
        Peek([]);
        tailLength = Peek(tail.AsSpan(0, (int)Math.Min(tail.Length, offset)), offset - Math.Min(tail.Length, offset));
    }

    internal override string Path { get; }

    internal override bool MayGrow => !closed;

    internal override long? Length => RandomAccess.GetLength(handle);

    internal override long BytesRead => offset;

    /// <summary>The first bytes of its content, which begins behind a hole if there is one.</summary>
    internal override ReadOnlySpan<byte> Head => head.AsSpan(0, headLength);

    /// <summary>NULs are no content: those that nothing follows are not there yet. For text.</summary>
    internal bool HasHoles { get; set; }

    internal FileStatus Status(bool inodes) => FileStatus.Of(handle, inodes);

    /// <summary>The first bytes of its content as they are now, read without moving on.</summary>
    internal int Peek(Span<byte> target)
    {
        if (headLength == 0)
        {
            begin = FileHoles.NextData(handle, 0);

            // NULs at its end may be filled yet.
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

    /// <summary>The checksum of all bytes before an offset that is not smaller than the last one asked for; null: not known.</summary>
    internal uint? ContentAt(long end) => content.At(end);

    /// <summary>The checksum of all bytes before an offset, read anew.</summary>
    internal uint? ReadContentTo(long end) => ContentChecksum.Add(0, handle, 0, end);

    /// <summary>Passes over a hole that the file begins with, if something follows it and nothing has been read; gives where reading goes on.</summary>
    internal long PassHoleAtBeginning()
    {
        if (offset == 0 && begin > 0 && headLength > 0)
            PassOver(begin);
        return offset;
    }

    /// <summary>Passes over a long hole at once; false if there is none.</summary>
    internal bool TryPassHole()
    {
        if (dataAhead - offset < LongHoleBytes)
            return false;
        PassOver(dataAhead);
        return true;
    }

    /// <summary>Nothing will be written any more: what is there is the rest.</summary>
    internal void Close() => closed = true;

    /// <summary>Whether what was read, or seen of its beginning, is still in it, and not cut off or written over.</summary>
    internal bool IsIntact()
    {
        if (Length < offset)
            return false;
        Span<byte> now = stackalloc byte[FilePosition.HashedBytes];
        return now[..Peek(now[..headLength], begin)].SequenceEqual(Head)
            && now[..Peek(now[..tailLength], offset - tailLength)].SequenceEqual(tail.AsSpan(0, tailLength));
    }

    /// <summary>Behind the last whole line.</summary>
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

    /// <summary>The bytes without NULs at their end, unless something follows these in the file.</summary>
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
