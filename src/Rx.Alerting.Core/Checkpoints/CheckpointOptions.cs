using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Core.Checkpoints;

/// <summary>Section <c>Checkpoints</c>: how often state is committed, and how much may wait for it.</summary>
public sealed record CheckpointOptions
{
    /// <summary>Time between two commits. 10 ms to 1 hour; default 1 second.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Views that may wait for a commit: with half of them, one is made before the interval ends; with more than all, partitions are paused until the store takes them. 1000 to 1 billion; default 5 million.</summary>
    public long MaximumUncommittedViews { get; init; } = 5_000_000;

    /// <summary>Changes of state that may wait for a commit, in megabytes: with half of them, one is made before the interval ends; with more than all, partitions are paused until the store takes them. A commit is about as large, and as much again is used to write it. 1 to 1000; default 128.</summary>
    public int MaximumUncommittedMegabytes { get; init; } = 128;

    /// <summary>Time between two attempts while the store does not answer. 1 ms to 1 minute; default 500 ms.</summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long the last commit may take once the service is asked to stop; what it does not commit is read again. 0 to 5 minutes; default 5 seconds.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What to do where the store has no state of a pipeline: begin anew (warned of where there was state before), or fail. With fail, a first start is told by a consumer group without offsets (Kafka); with any other source, start once with begin. Default begin.</summary>
    public CheckpointOnMissing OnMissing { get; init; } = CheckpointOnMissing.Begin;

    /// <summary>Every fault, each as a sentence that begins with the option's key; empty when all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new OptionFaults();
        faults.Range("Checkpoints:Interval", Interval, TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1));
        faults.Range("Checkpoints:MaximumUncommittedViews", MaximumUncommittedViews, 1000, 1_000_000_000);
        faults.Range("Checkpoints:MaximumUncommittedMegabytes", MaximumUncommittedMegabytes, 1, 1000);
        faults.Range("Checkpoints:RetryInterval", RetryInterval, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1));
        faults.Range("Checkpoints:StopTimeout", StopTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        faults.Require(Enum.IsDefined(OnMissing), "Checkpoints:OnMissing", "must be begin or fail");
        return faults.All;
    }
}
