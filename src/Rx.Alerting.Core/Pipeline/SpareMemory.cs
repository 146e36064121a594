using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>Gives memory back to the system after a restore, or after large commits.</summary>
/// <remarks>
/// The runtime keeps the memory until a full collection, which may come hours later in calm traffic. A full collection stops the process
/// for about a second a gigabyte. So it is made once, and only in calm traffic.
/// </remarks>
internal sealed class SpareMemory
{
    private const long Large = 32 << 20;
    private const long Small = 256 << 10;

    /// <summary>So many small commits in a row are calm traffic.</summary>
    private const int CalmCommits = 10;

    private bool isOwed;
    private int calm;

    /// <summary>How often memory was given back.</summary>
    public int Collections { get; private set; }

    /// <summary>Entries that were read or written are no longer needed.</summary>
    public void Release(IEnumerable<StateEntry> entries)
    {
        var bytes = entries.Sum(entry => (long)entry.Value.Length);
        isOwed |= bytes >= Large;
        calm = bytes < Small ? calm + 1 : 0;
        if (!isOwed || calm < CalmCommits)
            return;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        Collections++;
        isOwed = false;
    }
}
