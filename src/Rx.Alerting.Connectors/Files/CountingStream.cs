namespace Rx.Alerting.Connectors.Files;

/// <summary>Gives a stream's first bytes, which were read already, and the rest of it; tells how many were given.</summary>
internal sealed class CountingStream(Stream rest, byte[] first) : Stream
{
    private int firstGiven;
    private long given;

    /// <summary>Bytes given so far; may be asked from any thread.</summary>
    internal long Given => Volatile.Read(ref given);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => Given;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int count;
        if (firstGiven < first.Length)
        {
            count = Math.Min(buffer.Length, first.Length - firstGiven);
            first.AsSpan(firstGiven, count).CopyTo(buffer);
            firstGiven += count;
        }
        else
        {
            count = rest.Read(buffer);
        }

        Volatile.Write(ref given, given + count);
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            rest.Dispose();
        base.Dispose(disposing);
    }
}
