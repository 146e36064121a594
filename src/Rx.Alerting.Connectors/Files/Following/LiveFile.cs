using Microsoft.Win32.SafeHandles;

namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>An open file that grows, or may have done so until a while ago.</summary>
internal sealed class LiveFile : RecordInput
{
    private readonly SafeFileHandle handle;
    private readonly byte[] head = new byte[FilePosition.HashedBytes];
    private int headLength;
    private long offset;
    private bool closed;

    /// <param name="path">Its path just now.</param>
    /// <param name="handle">Opened for reading; disposed of with this.</param>
    /// <param name="offset">Where to begin; the file must be as long.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal LiveFile(string path, SafeFileHandle handle, long offset)
    {
        (Path, this.handle, this.offset) = (path, handle, offset);
        headLength = Peek(head);
    }

    internal override string Path { get; }

    internal override bool MayGrow => !closed;

    internal override long? Length => RandomAccess.GetLength(handle);

    internal override long BytesRead => offset;

    internal override ReadOnlySpan<byte> Head => head.AsSpan(0, headLength);

    internal FileStatus Status(bool inodes) => FileStatus.Of(handle, inodes);

    /// <summary>The first bytes as they are now, read without moving on.</summary>
    internal int Peek(Span<byte> target)
    {
        var count = 0;
        while (count < target.Length && RandomAccess.Read(handle, target[count..], count) is > 0 and var more)
            count += more;
        return count;
    }

    internal override int Read(Span<byte> target)
    {
        var count = RandomAccess.Read(handle, target, offset);
        if (headLength < head.Length && offset <= headLength && offset + count > headLength)
        {
            var more = target[(int)(headLength - offset)..count];
            more = more[..Math.Min(more.Length, head.Length - headLength)];
            more.CopyTo(head.AsSpan(headLength));
            headLength += more.Length;
        }

        offset += count;
        return count;
    }

    /// <summary>Nothing will be written any more: what is there is the rest.</summary>
    internal void Close() => closed = true;

    /// <summary>Whether what was read, or seen of its beginning, is still in it, and not cut off or written over.</summary>
    internal bool IsIntact()
    {
        if (Length < offset)
            return false;
        Span<byte> now = stackalloc byte[FilePosition.HashedBytes];
        return now[..Peek(now[..headLength])].SequenceEqual(Head);
    }

    /// <summary>Behind the last whole line.</summary>
    internal long EndOfLines()
    {
        var block = new byte[128 << 10];
        for (var end = Length!.Value; end > 0;)
        {
            var begin = Math.Max(0, end - block.Length);
            var count = RandomAccess.Read(handle, block.AsSpan(0, (int)(end - begin)), begin);
            if (block.AsSpan(0, count).LastIndexOf((byte)'\n') is >= 0 and var last)
                return begin + last + 1;
            end = begin;
        }

        return 0;
    }

    public override void Dispose() => handle.Dispose();
}
