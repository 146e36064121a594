using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Connectors.Framing;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Configuration;

namespace Rx.Alerting.Service.Replay;

/// <summary>The arguments of a replay.</summary>
/// <param name="Paths">The files to read; <c>-</c> is the standard input.</param>
/// <param name="Format">The format of the files; null: their first bytes tell.</param>
/// <param name="Out">The file to which changes of incidents are written; <c>-</c> is the standard output. Null if they are not
/// written.</param>
/// <param name="Settings">The settings of the pipeline.</param>
internal sealed record ReplayRequest(IReadOnlyList<string> Paths, RecordFormat? Format, string? Out, Settings Settings)
{
    public const string StandardStream = "-";

    public bool WritesToStandardOutput => Out == StandardStream;

    /// <summary>The faults of the command line. No file is opened for that.</summary>
    public IReadOnlyList<string> Faults() =>
    [
        .. InputPaths.Faults(Paths),
        .. Out is "" ? (string[])["--out is empty, must be the name of a file"] : [],
    ];

    public FileSourceOptions Source => new() { Paths = Paths, Format = Format, AccessLog = Settings.AccessLog };
}
