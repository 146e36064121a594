namespace Rx.Alerting.Connectors.Files;

/// <summary>Gives the first bytes of a stream, which were read already, and then the rest of the stream. Counts the bytes.</summary>
internal sealed class CountingStream(Stream rest, byte[] first) : ReadingStream
{
    private int firstGiven;
    private long given;

    /// <summary>Bytes given so far. Thread-safe.</summary>
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
