using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Connectors.Framing;
using Rx.Alerting.Service.Configuration;

namespace Rx.Alerting.Service.Replay;

/// <summary>What is to be replayed.</summary>
/// <param name="Paths">The files; <c>-</c> is the standard input.</param>
/// <param name="Format">What they hold; null: their first bytes tell.</param>
/// <param name="Out">Where changes of incidents are written; <c>-</c> is the standard output, null nowhere.</param>
/// <param name="Settings">How incidents are found.</param>
internal sealed record ReplayRequest(IReadOnlyList<string> Paths, RecordFormat? Format, string? Out, Settings Settings)
{
    public const string StandardStream = "-";

    public bool WritesToStandardOutput => Out == StandardStream;

    /// <summary>What is wrong with the command line, before anything is looked at.</summary>
    public IReadOnlyList<string> Faults() =>
    [
        .. Paths.Where(path => path.Length == 0).Select(_ => "FILE is empty, must be the name of a file").Distinct(),
        .. Paths.Where(path => path.Length > 0).CountBy(path => path == StandardStream ? path : Path.GetFullPath(path))
            .Where(path => path.Value > 1)
            .Select(path => $"{path.Key}: is given more than once"),
        .. Out is "" ? (string[])["--out is empty, must be the name of a file"] : [],
    ];

    public FileSourceOptions Source => new() { Paths = Paths, Format = Format, AccessLog = Settings.AccessLog };
}
