using System.ComponentModel.DataAnnotations;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Connectors.Sqlite;

/// <summary>The file that checkpoints are kept in.</summary>
[OptionSection("Sqlite")]
public sealed record SqliteOptions
{
    /// <summary>
    /// The file. A path without a folder is in the current folder. The file and its folder are made where they are missing. The file must
    /// be on a local disk, not on a network share.
    /// </summary>
    [Required(ErrorMessage = "is empty, must name a file")]
    public string Path { get; init; } = "rx-alerting.db";

    /// <summary>How long a call waits while another process writes to the file. Only whole seconds count.</summary>
    [TimeRange("1s", "10m")]
    public TimeSpan LockWait { get; init; } = TimeSpan.FromSeconds(30);
}
