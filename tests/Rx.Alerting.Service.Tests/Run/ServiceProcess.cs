using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Rx.Alerting.Service.Tests.Run;

/// <summary><c>rx-alerting run</c> as a process of its own, on a free loopback port.</summary>
internal sealed partial class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly TemporaryFolder? folder;
    private readonly List<(Func<string, bool> Wanted, TaskCompletionSource<string> Found)> waiting = [];
    private readonly List<string> lines = [];
    private readonly Lock gate = new();

    private ServiceProcess(Process process, TemporaryFolder? folder)
    {
        this.process = process;
        this.folder = folder;
        process.OutputDataReceived += (_, line) => Receive(line.Data);
        process.ErrorDataReceived += (_, line) => Receive(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Starts a service in a new folder, without state.</summary>
    public static ServiceProcess Start(params string[] arguments)
    {
        var folder = new TemporaryFolder();
        return Start(folder.Path, folder, arguments);
    }

    /// <summary>Starts a service that may open only so many files.</summary>
    public static ServiceProcess StartWithFiles(int files, params string[] arguments)
    {
        var folder = new TemporaryFolder();
        return Start(
            folder.Path,
            folder,
            arguments,
            new ProcessStartInfo("sh") { ArgumentList = { "-c", $"ulimit -n {files} && exec dotnet \"$@\"", "sh" } });
    }

    /// <summary>Starts a service whose files may have so many bytes each. What goes beyond fails, as it does beyond a quota.</summary>
    public static ServiceProcess StartWithFileSize(int kilobytes, params string[] arguments)
    {
        var folder = new TemporaryFolder();
        var start = new ProcessStartInfo("bash")
        {
            ArgumentList = { "-c", $"ulimit -f {kilobytes} && exec dotnet \"$@\"", "bash" },
        };
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0"; // It needs a large file in memory.
        return Start(folder.Path, folder, arguments, start);
    }

    /// <summary>Starts a service in a folder that may have the state of an earlier service.</summary>
    public static ServiceProcess StartIn(TemporaryFolder shared, params string[] arguments) => Start(shared.Path, null, arguments);

    /// <summary>Starts a service with variables such as <c>NAME=value</c>.</summary>
    public static ServiceProcess StartWith(IEnumerable<string> variables, TemporaryFolder shared, params string[] arguments) =>
        Start(shared.Path, null, arguments, new ProcessStartInfo("env", [.. variables, "dotnet"]));

    /// <summary>Starts a service by another program, such as a container engine.</summary>
    /// <param name="program">With its own arguments.</param>
    /// <param name="arguments">The arguments of the service.</param>
    public static ServiceProcess StartProgram(ProcessStartInfo program, params string[] arguments)
    {
        program.RedirectStandardOutput = program.RedirectStandardError = program.RedirectStandardInput = true;
        foreach (var argument in arguments)
            program.ArgumentList.Add(argument);
        return new ServiceProcess(Process.Start(program)!, null);
    }

    private static ServiceProcess Start(string path, TemporaryFolder? own, string[] arguments, ProcessStartInfo? program = null)
    {
        var start = program ?? new ProcessStartInfo("dotnet");
        start.RedirectStandardOutput = start.RedirectStandardError = start.RedirectStandardInput = true;
        start.WorkingDirectory = path;

        // Local Kinesis servers take any credentials. No test uses the cloud.
        (start.Environment["AWS_ACCESS_KEY_ID"], start.Environment["AWS_SECRET_ACCESS_KEY"]) = ("test", "test");
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "rx-alerting.dll"), "run", .. arguments])
            start.ArgumentList.Add(argument);
        return new ServiceProcess(Process.Start(start)!, own);
    }

    /// <summary>Waits for a line. Also finds a line that came before the call.</summary>
    public async Task<string> LineAsync(Func<string, bool> wanted)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (lines.Find(line => wanted(line)) is { } line)
                return line;
            waiting.Add((wanted, found));
        }

        try
        {
            return await found.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"No such line in:{Environment.NewLine}{Output}");
        }
    }

    /// <summary>The address that the service prints.</summary>
    public async Task<Uri> AddressAsync() => new(Address().Match(await LineAsync(Address().IsMatch)).Value);

    /// <summary>The number by which the system knows the process.</summary>
    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public string Output
    {
        get
        {
            lock (gate)
                return string.Join(Environment.NewLine, lines);
        }
    }

    /// <summary>Sends a signal, such as <c>TERM</c>.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-s", name, process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Ends the process at once, as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async Task<int> ExitCodeAsync()
    {
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
        folder?.Dispose();
    }

    private void Receive(string? text)
    {
        if (text is null)
            return;

        lock (gate)
        {
            lines.Add(text);
            foreach (var (wanted, found) in waiting)
            {
                if (wanted(text))
                    found.TrySetResult(text);
            }
        }
    }

    [GeneratedRegex(@"https?://127\.0\.0\.1:\d+")]
    private static partial Regex Address();
}
