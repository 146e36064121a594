using System.Globalization;

namespace Rx.Alerting.Service.Api;

/// <summary>How many connections may be open: files that they take up are files that stores and sources cannot open.</summary>
internal static class ConnectionLimit
{
    /// <summary>Files that the process opens besides connections, at the most.</summary>
    private const int OwnFiles = 256;

    private const string Limits = "/proc/self/limits";
    private const string OpenFiles = "Max open files";

    /// <summary>Half of the files that are left, as a connection that is closed for being one too many takes up a file until it is.</summary>
    /// <param name="options">Valid.</param>
    /// <param name="openFiles">Files that the process may open; null: not known.</param>
    public static int Of(HttpOptions options, long? openFiles) =>
        (int)Math.Clamp((openFiles - OwnFiles) / 2 ?? options.MaximumConnections, 1, options.MaximumConnections);

    /// <summary>Files that this process may open; null where the system does not say.</summary>
    public static long? FindOpenFiles() => File.Exists(Limits) ? Parse(File.ReadLines(Limits)) : null;

    /// <param name="limits">Lines of columns: name, soft limit, hard limit, unit.</param>
    internal static long? Parse(IEnumerable<string> limits) =>
        limits.FirstOrDefault(line => line.StartsWith(OpenFiles, StringComparison.Ordinal)) is { } found
        && found[OpenFiles.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var soft, ..]
        && long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
