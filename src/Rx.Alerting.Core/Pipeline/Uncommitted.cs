using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>What is not committed: views that a restart would read again, and changes of state in memory.</summary>
internal sealed class Uncommitted(CheckpointOptions options)
{
    private readonly long maximumBytes = (long)options.MaximumUncommittedMegabytes << 20;
    private long views;
    private long bytes;

    /// <summary>Of the views, those that the commit under way covers.</summary>
    private long covered;

    /// <summary>Half of a bound is reached: the next commit does not wait for the interval.</summary>
    public bool IsDue => views > options.MaximumUncommittedViews / 2 || bytes > maximumBytes / 2;

    /// <summary>A bound is reached: reading pauses until a commit has ended.</summary>
    public bool IsFull => views > options.MaximumUncommittedViews || bytes > maximumBytes;

    /// <param name="added">Views that came in.</param>
    /// <param name="changedBytes">Bytes that a commit would write now.</param>
    public void Add(int added, long changedBytes) => (views, bytes) = (views + added, changedBytes);

    /// <summary>A commit has taken all of it.</summary>
    public void Take() => (covered, bytes) = (views, 0);

    /// <summary>The commit has ended.</summary>
    public void Commit() => (views, covered) = (views - covered, 0);
}
