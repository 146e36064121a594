namespace Rx.Alerting.Connectors.Files;

/// <summary>Gives a stream's first bytes, which were read already, and the rest of it; tells how many were given.</summary>
internal sealed class CountingStream(Stream rest, byte[] first) : ReadingStream
{
    private int firstGiven;
    private long given;

    /// <summary>Bytes given so far; may be asked from any thread.</summary>
    internal long Given => Volatile.Read(ref given);

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

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            rest.Dispose();
        base.Dispose(disposing);
    }
}
