using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Files;

/// <summary>Counts of what happened to followed files, since the source was made. Thread-safe.</summary>
public sealed class FollowCounters
{
    private long rotations;
    private long truncations;
    private long gaps;
    private long unreadable;

    /// <summary>How often reading went on from a rotated file to the next file.</summary>
    public long Rotations => Volatile.Read(ref rotations);

    /// <summary>How often a file was truncated, or written anew in its place.</summary>
    public long Truncations => Volatile.Read(ref truncations);

    /// <summary>
    /// Positions whose file was gone, and files that could not be decompressed. Nobody knows how much was lost with them.
    /// </summary>
    public long Gaps => Volatile.Read(ref gaps);

    /// <summary>
    /// How often a file could not be opened or read. A stretch of failures counts once. Files in an unknown format count, too.
    /// </summary>
    public long Unreadable => Volatile.Read(ref unreadable);

    /// <summary>All of them, for metrics.</summary>
    internal IReadOnlyList<SourceCount> All =>
    [
        new("follow_rotations", "How often reading went on from a rotated file to the next file", Rotations),
        new("follow_truncations", "How often a file was truncated, or written anew in its place", Truncations),
        new("follow_gaps", "Positions whose file was gone, and files that could not be decompressed", Gaps),
        new("follow_unreadable_files", "How often a file could not be opened or read", Unreadable),
    ];

    internal void Rotate() => Interlocked.Increment(ref rotations);

    internal void Truncate() => Interlocked.Increment(ref truncations);

    internal void Gap() => Interlocked.Increment(ref gaps);

    internal void Unread() => Interlocked.Increment(ref unreadable);
}
