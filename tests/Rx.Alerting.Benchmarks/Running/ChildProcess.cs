using System.Diagnostics;
using System.Globalization;

namespace Rx.Alerting.Benchmarks.Running;

/// <summary>
/// Runs one competitor in a process of its own, perhaps pinned to one core. So no competitor profits from another's warm-up or heap.
/// </summary>
internal static class ChildProcess
{
    private const string Taskset = "/usr/bin/taskset";

    /// <summary>Whether processes can be pinned here.</summary>
    public static bool CanPin => File.Exists(Taskset);

    /// <summary>The beginning of a command line that measures <paramref name="child"/> of this program in a process of its own.</summary>
    public static IReadOnlyList<string> Own(string child) => [Environment.ProcessPath!, BenchmarkCommand.ChildCommand, child];

    /// <summary>Runs <paramref name="command"/>, and gives the last number of every <c>name=number</c> that it prints.</summary>
    /// <exception cref="ChildFailedException">The process exits with an error.</exception>
    public static Figures Run(IReadOnlyList<string> command, bool pinned)
    {
        var full = pinned && CanPin ? [Taskset, "-c", "0", .. command] : command;
        var start = new ProcessStartInfo(full[0], full.Skip(1)) { RedirectStandardOutput = true };
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start) ?? throw new ChildFailedException($"{full[0]} does not start.");
        var figures = new Figures();
        while (process.StandardOutput.ReadLine() is { } line)
            figures.Read(line);
        process.WaitForExit();
        figures["process_seconds"] = clock.Elapsed.TotalSeconds;
        return process.ExitCode == 0
            ? figures
            : throw new ChildFailedException(string.Create(
                CultureInfo.InvariantCulture, $"{string.Join(' ', command)} ended with exit code {process.ExitCode}."));
    }
}
