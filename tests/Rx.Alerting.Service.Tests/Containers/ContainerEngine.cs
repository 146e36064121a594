using System.Diagnostics;

namespace Rx.Alerting.Service.Tests.Containers;

/// <summary>Podman, with the limits that a machine without systemd and user namespaces needs.</summary>
internal static class ContainerEngine
{
    /// <summary>Arguments of podman itself.</summary>
    public static IReadOnlyList<string> Global { get; } = ["--runtime", "runc"];

    /// <summary>Arguments of every container.</summary>
    public static IReadOnlyList<string> Limits { get; } = ["--ulimit", "nofile=20000:20000", "--ulimit", "nproc=1000:1000"];

    /// <summary>Skips the test where containers cannot be run, except on CI.</summary>
    public static void Require()
    {
        string? missing = !Environment.IsPrivilegedProcess ? "Only root can run these containers."
            : !Has("podman") || !Has("runc") ? "There is no podman with runc: install the packages podman and runc of Debian."
            : null;
        Assert.SkipWhen(missing is not null && Environment.GetEnvironmentVariable("CI") != "true", missing ?? string.Empty);
        if (missing is not null)
            throw new InvalidOperationException($"CI needs containers. {missing}");
    }

    /// <summary>Runs podman to its end.</summary>
    /// <returns>What it wrote to the standard output.</returns>
    public static Task<string> RunAsync(params string[] arguments) => RunAsync("podman", [.. Global, .. arguments], null);

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it wrote to the standard output.</returns>
    public static async Task<string> RunAsync(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}:\n{await output}\n{await error}");
    }

    private static bool Has(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
