namespace Rx.Alerting.Core.Tests.Checkpoints;

/// <summary>
/// Golden files: files beside the tests with bytes that a release has written. <c>RX_ALERTING_WRITE_GOLDEN=1</c> writes them anew.
/// </summary>
/// <remarks>
/// Write golden files anew only together with these changes:
/// <list type="number">
/// <item>a new version of the layout that has changed</item>
/// <item>a step from the version before</item>
/// <item>the export from before, kept in <c>Earlier/</c></item>
/// </list>
/// </remarks>
internal static class Golden
{
    private static readonly bool Rewrites = Environment.GetEnvironmentVariable("RX_ALERTING_WRITE_GOLDEN") == "1";

    public static string Text(string name, Func<string> now)
    {
        var path = Path.Combine(Folder(AppContext.BaseDirectory), name);
        if (Rewrites)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, now() + "\n");
        }

        return File.ReadAllText(path).TrimEnd('\n');
    }

    public static byte[] Bytes(string name, Func<byte[]> now) =>
        Convert.FromHexString(
            Text(name, () => string.Join('\n', Convert.ToHexString(now()).Chunk(128).Select(line => new string(line))))
                .Replace("\n", "", StringComparison.Ordinal));

    /// <summary>The files of a folder beside the golden files.</summary>
    public static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Folder(AppContext.BaseDirectory), folder)).Select(path => Path.GetFileName(path))
            .Order(StringComparer.Ordinal);

    private static string Folder(string folder) => File.Exists(Path.Combine(folder, "Rx.Alerting.sln"))
        ? Path.Combine(folder, "tests", "Rx.Alerting.Core.Tests", "Checkpoints", "Golden")
        : Folder(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run inside the repository."));
}
