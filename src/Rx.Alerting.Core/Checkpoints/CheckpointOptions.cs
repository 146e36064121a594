using System.ComponentModel.DataAnnotations;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Core.Checkpoints;

/// <summary>How often state is committed, and how much may wait for a commit.</summary>
[OptionSection("Checkpoints")]
public sealed record CheckpointOptions
{
    /// <summary>Time between two commits.</summary>
    [TimeRange("10ms", "1h")]
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Views that may wait for a commit. With half of them, a commit is made before the interval ends. With more than all of them,
    /// partitions pause until the store takes the commit.
    /// </summary>
    [Range(1000, 1e9)]
    public long MaximumUncommittedViews { get; init; } = 5_000_000;

    /// <summary>
    /// Changes of state that may wait for a commit, in megabytes. With half of them, a commit is made before the interval ends. With more
    /// than all of them, partitions pause until the store takes the commit. A commit is about as large, and needs as much memory again
    /// while it is written.
    /// </summary>
    [Range(1, 1000)]
    public int MaximumUncommittedMegabytes { get; init; } = 128;

    /// <summary>Time between two attempts while the store does not answer.</summary>
    [TimeRange("1ms", "1m")]
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// How long the last commit may take after the service is asked to stop. Views that are not committed are read again.
    /// </summary>
    [TimeRange("0s", "5m")]
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// What to do where the store has no state of a pipeline. <c>begin</c>: begin anew, with a warning if there was state before.
    /// <c>fail</c>: fail, unless the offsets of the Kafka consumer group show that this is the first start. With any other source, start
    /// once with <c>begin</c>.
    /// </summary>
    public CheckpointOnMissing OnMissing { get; init; } = CheckpointOnMissing.Begin;
}
