using System.Diagnostics;

namespace Rx.Alerting.Testing.Servers;

/// <summary>Prometheus' own judge of metrics, of the PATH.</summary>
public static class Promtool
{
    /// <summary>What a test says that is skipped without it.</summary>
    public const string Install = "there is no promtool: install Prometheus (Debian package prometheus)";

    /// <summary>Null if there is no promtool.</summary>
    public static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(directory => Path.Combine(directory, "promtool")).FirstOrDefault(File.Exists);

    /// <summary>What <c>promtool check metrics</c> says. Empty: nothing.</summary>
    /// <param name="promtool">The program.</param>
    /// <param name="page">Metrics in the text format.</param>
    /// <param name="cancel">Gives up waiting.</param>
    public static async Task<string> CheckAsync(string promtool, string page, CancellationToken cancel)
    {
        using var process = Process.Start(new ProcessStartInfo(promtool, ["check", "metrics"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(cancel), process.StandardError.ReadToEndAsync(cancel));
        await process.StandardInput.WriteAsync(page);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancel);
        return string.Concat(await said) + (process.ExitCode == 0 ? string.Empty : $"exit code {process.ExitCode}");
    }
}
