using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Connectors.Sqlite;

/// <summary>Where checkpoints are kept in a file.</summary>
public sealed record SqliteOptions
{
    /// <summary>The file; it and its folder are made where they are missing. It must be on a local disk, not on a network share.</summary>
    public required string Path { get; init; }

    /// <summary>How long a call waits while another process writes to the file. 1 s to 10 min, in whole seconds; default 30 s.</summary>
    public TimeSpan LockWait { get; init; } = TimeSpan.FromSeconds(30);

    internal void Validate(OptionFaults faults)
    {
        faults.Require(!string.IsNullOrWhiteSpace(Path), "Sqlite:Path", "is empty, must name a file");
        faults.Range("Sqlite:LockWait", LockWait, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
    }
}
