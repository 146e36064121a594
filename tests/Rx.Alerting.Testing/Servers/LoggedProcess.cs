using System.Diagnostics;

namespace Rx.Alerting.Testing.Servers;

/// <summary>A server's process whose output goes to a file. Starts again after it was killed.</summary>
/// <param name="name">The name of the server, for messages.</param>
/// <param name="logFile">The file for the output; overwritten by every start.</param>
internal sealed class LoggedProcess(string name, string logFile)
{
    private Process? process;

    /// <summary>Starts the server, and waits until its log says that it serves.</summary>
    /// <exception cref="InvalidOperationException">The server has ended, or has not said so in time. The message shows its log.</exception>
    public void Start(
        IReadOnlyList<string> command,
        string ready,
        TimeSpan patience,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        File.WriteAllText(logFile, "");
        process = Run(logFile, command, environment);
        var begin = Stopwatch.GetTimestamp();
        while (!Log().Contains(ready, StringComparison.Ordinal))
        {
            if (process.WaitForExit(20) || Stopwatch.GetElapsedTime(begin) > patience)
                throw new InvalidOperationException($"{name} does not start:\n{Log()}");
        }
    }

    /// <summary>Kills the server, as a crash does.</summary>
    public void Kill()
    {
        process?.Kill(entireProcessTree: true);
        process?.WaitForExit();
        process?.Dispose();
        process = null;
    }

    /// <summary>Runs a command whose output is added to a file.</summary>
    /// <remarks>The shell redirects the output, so that nobody has to read a pipe. With exec, the process id stays.</remarks>
    public static Process Run(string logFile, IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(
            "/bin/sh", ["-c", """log=$1; shift; exec "$@" >>"$log" 2>&1 </dev/null""", "sh", logFile, .. command]);
        foreach (var (variable, value) in environment ?? new Dictionary<string, string>())
            start.Environment[variable] = value;
        return Process.Start(start)!;
    }

    private string Log()
    {
        using var reader = new StreamReader(new FileStream(logFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }
}
