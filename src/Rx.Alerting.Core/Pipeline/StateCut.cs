using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>The state of a pipeline as one commit has it, in temporary files. The pipeline goes on meanwhile.</summary>
public sealed class StateCut : IDisposable
{
    private readonly EntrySpool spool;

    internal StateCut(EntrySpool spool, CheckpointCommit commit) =>
        (this.spool, Commit, CommittedAt) = (spool, commit.Id, commit.CommittedAt);

    /// <summary>The number of the commit.</summary>
    public long Commit { get; }

    /// <summary>When the commit was made, by the owner's clock.</summary>
    public DateTimeOffset CommittedAt { get; }

    /// <summary>The entries of a section, in no particular order.</summary>
    /// <returns>Each value is valid until the next entry is asked for.</returns>
    public IEnumerable<StateEntry> Read(string section) => spool.Read(section);

    public void Dispose() => spool.Dispose();
}
