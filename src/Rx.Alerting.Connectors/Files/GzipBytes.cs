namespace Rx.Alerting.Connectors.Files;

/// <summary>
/// Compressed bytes in pieces. The latest piece can be taken back, because a decompressor takes more bytes than it needs.
/// </summary>
internal sealed class GzipBytes(Stream data) : ReadingStream
{
    private readonly byte[] buffer = new byte[FileInput.HeadBytes];

    /// <summary>Positions in the buffer: the beginning of the latest piece, the next byte, and the end of the bytes.</summary>
    private int piece, next, end;
    private long offsetOfBuffer;

    /// <summary>The offset of the next byte in the data.</summary>
    internal long Offset => offsetOfBuffer + next;

    public override int Read(Span<byte> target)
    {
        piece = next;
        if (next == end)
            Fill();
        var count = Math.Min(target.Length, end - next);
        buffer.AsSpan(next, count).CopyTo(target);
        next += count;
        return count;
    }

    /// <summary>Gives the next byte; -1 at the end.</summary>
    internal int Next()
    {
        Span<byte> one = stackalloc byte[1];
        return Read(one) == 0 ? -1 : one[0];
    }

    internal void SkipZeros()
    {
        piece = next;
        while (buffer.AsSpan(next, end - next).IndexOfAnyExcept((byte)0) is var count && count != 0)
        {
            piece = next = count < 0 ? end : next + count;
            if (count > 0 || !Fill())
                return;
        }
    }

    /// <summary>
    /// Moves behind the first <paramref name="mark"/> that begins in the latest piece, or directly behind that piece. False if there is
    /// none.
    /// </summary>
    internal bool TryMoveBehind(ReadOnlySpan<byte> mark)
    {
        while (end - next < mark.Length && Fill())
        {
        }

        var found = buffer.AsSpan(piece, Math.Min(next + mark.Length, end) - piece).IndexOf(mark);
        if (found < 0)
            return false;
        next = piece + found + mark.Length;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            data.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Reads more bytes, and keeps the latest piece. False at the end.</summary>
    private bool Fill()
    {
        buffer.AsSpan(piece, end - piece).CopyTo(buffer);
        offsetOfBuffer += piece;
        (next, end, piece) = (next - piece, end - piece, 0);
        var count = data.Read(buffer.AsSpan(end));
        end += count;
        return count > 0;
    }
}
