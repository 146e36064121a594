using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>How much has come into a pipeline that is not committed: views that would be read again, and changes of state that wait in memory.</summary>
internal sealed class Uncommitted(CheckpointOptions options)
{
    private readonly long maximumBytes = (long)options.MaximumUncommittedMegabytes << 20;
    private long views;
    private long bytes;

    /// <summary>Of the views, those that the commit under way covers.</summary>
    private long covered;

    /// <summary>So much that reading would have to pause before long.</summary>
    public bool IsMuch => views > options.MaximumUncommittedViews / 2 || bytes > maximumBytes / 2;

    /// <summary>So much that nothing is read before the store has taken some.</summary>
    public bool IsTooMuch => views > options.MaximumUncommittedViews || bytes > maximumBytes;

    /// <param name="added">Views that came in.</param>
    /// <param name="changedBytes">What a commit would write now.</param>
    public void Add(int added, long changedBytes) => (views, bytes) = (views + added, changedBytes);

    /// <summary>A commit has taken all of it.</summary>
    public void Take() => (covered, bytes) = (views, 0);

    /// <summary>The commit has ended.</summary>
    public void Commit() => (views, covered) = (views - covered, 0);
}
