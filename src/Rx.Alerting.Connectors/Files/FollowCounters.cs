namespace Rx.Alerting.Connectors.Files;

/// <summary>What happened to files that are followed, counted since the source was made; may be asked from any thread.</summary>
public sealed class FollowCounters
{
    private long rotations;
    private long truncations;
    private long gaps;
    private long unreadable;

    /// <summary>How often a file was left for the one that came behind it.</summary>
    public long Rotations => Volatile.Read(ref rotations);

    /// <summary>How often a file was cut off or written anew in its place.</summary>
    public long Truncations => Volatile.Read(ref truncations);

    /// <summary>Positions whose file was gone, and files that could not be decompressed: nobody knows how much was lost with them.</summary>
    public long Gaps => Volatile.Read(ref gaps);

    /// <summary>How often a file could not be opened or read, each stretch of failures once, and files that are none of the formats.</summary>
    public long Unreadable => Volatile.Read(ref unreadable);

    internal void Rotate() => Interlocked.Increment(ref rotations);

    internal void Truncate() => Interlocked.Increment(ref truncations);

    internal void Gap() => Interlocked.Increment(ref gaps);

    internal void Unread() => Interlocked.Increment(ref unreadable);
}
