using Rx.Alerting.Connectors.Files;

namespace Rx.Alerting.Service.CommandLine;

/// <summary>The files that a command reads, as its arguments name them.</summary>
internal static class InputPaths
{
    /// <summary>What is wrong with the names. No file is opened for that.</summary>
    public static IEnumerable<string> Faults(IReadOnlyList<string> paths) =>
    [
        .. paths.Where(path => path.Length == 0).Select(_ => "FILE is empty, must be the name of a file").Distinct(),
        .. paths.Where(path => path.Length > 0)
            .CountBy(path => path == FileSourceOptions.StandardInputPath ? path : Path.GetFullPath(path))
            .Where(path => path.Value > 1)
            .Select(path => $"{path.Key}: is given more than once"),
    ];
}
