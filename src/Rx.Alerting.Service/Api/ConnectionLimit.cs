using System.Globalization;

namespace Rx.Alerting.Service.Api;

/// <summary>How many connections may be open. Every connection takes up a file, and stores and sources need files, too.</summary>
internal static class ConnectionLimit
{
    /// <summary>The most files that the process opens besides connections.</summary>
    private const int OwnFiles = 256;

    private const string Limits = "/proc/self/limits";
    private const string OpenFiles = "Max open files";

    /// <summary>
    /// Half of the remaining files. The other half is for connections beyond the limit: each takes up a file until it is closed.
    /// </summary>
    /// <param name="options">Valid options.</param>
    /// <param name="openFiles">How many files the process may open. Null if that is not known.</param>
    public static int Of(HttpOptions options, long? openFiles) =>
        (int)Math.Clamp((openFiles - OwnFiles) / 2 ?? options.MaximumConnections, 1, options.MaximumConnections);

    /// <summary>How many files this process may open. Null if the system does not tell.</summary>
    public static long? FindOpenFiles() => File.Exists(Limits) ? Parse(File.ReadLines(Limits)) : null;

    /// <param name="limits">Lines with these columns: name, soft limit, hard limit, unit.</param>
    internal static long? Parse(IEnumerable<string> limits) =>
        limits.FirstOrDefault(line => line.StartsWith(OpenFiles, StringComparison.Ordinal)) is { } found
        && found[OpenFiles.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var soft, ..]
        && long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
