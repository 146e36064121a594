using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>Gives memory back to the system when what needed it is over: a restore, or commits of a time in which nearly everything was new.</summary>
/// <remarks>
/// The runtime keeps the memory until it collects everything, and in calm traffic that may be hours. The collection stops the process, for about a second
/// for each gigabyte, so it is made once, and when little happens.
/// </remarks>
internal sealed class SpareMemory
{
    private const long Large = 32 << 20;
    private const long Small = 256 << 10;

    /// <summary>Small commits in a row that are calm traffic.</summary>
    private const int CalmCommits = 10;

    private bool isOwed;
    private int calm;

    /// <summary>How often memory was given back.</summary>
    public int Collections { get; private set; }

    /// <summary>Entries were read or written, and are needed no more.</summary>
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
