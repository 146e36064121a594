using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Connectors.Sqlite;

/// <summary>Section <c>Sqlite</c>: where checkpoints are kept in a file.</summary>
public sealed record SqliteOptions
{
    /// <summary>The file; it and its folder are made where they are missing. It must be on a local disk, not on a network share. Default <c>rx-alerting.db</c> in the current folder.</summary>
    public string Path { get; init; } = "rx-alerting.db";

    /// <summary>How long a call waits while another process writes to the file. 1 s to 10 min, in whole seconds; default 30 s.</summary>
    public TimeSpan LockWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Every fault, empty if there are none.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new OptionFaults();
        faults.Require(!string.IsNullOrWhiteSpace(Path), "Sqlite:Path", "is empty, must name a file");
        faults.Range("Sqlite:LockWait", LockWait, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        return faults.All;
    }
}
