namespace Rx.Alerting.Testing.Servers;

/// <summary>Prometheus' Alertmanager of the PATH, alone, in a temporary folder, on a free loopback port.</summary>
public sealed class AlertmanagerServer : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rx-alerting-alertmanager-").FullName;
    private readonly string program;
    private readonly LoggedProcess process;

    private AlertmanagerServer(string program)
    {
        this.program = program;
        process = new("Alertmanager", Path.Combine(folder, "server.log"));
        Address = new($"http://127.0.0.1:{FreePort.Find()}/");
        File.WriteAllText(Path.Combine(folder, "alertmanager.yml"), "route: { receiver: nobody }\nreceivers: [ { name: nobody } ]\n");
    }

    public Uri Address { get; }

    /// <summary>Null if there is no Alertmanager.</summary>
    public static AlertmanagerServer? TryStart()
    {
        var program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(directory => new[] { "prometheus-alertmanager", "alertmanager" }.Select(name => Path.Combine(directory, name)))
            .FirstOrDefault(File.Exists);
        if (program is null)
            return null;
        var server = new AlertmanagerServer(program);
        server.Start();
        return server;
    }

    /// <summary>Starts the server, and waits until it serves. It knows no alerts then.</summary>
    public void Start() => process.Start(
        [
            program, $"--config.file={Path.Combine(folder, "alertmanager.yml")}", $"--storage.path={Path.Combine(folder, "data")}",
            $"--web.listen-address={Address.Authority}", "--cluster.listen-address=",
        ],
        "Listening on",
        TimeSpan.FromSeconds(30));

    /// <summary>Kills the server, as a crash does.</summary>
    public void Kill() => process.Kill();

    public void Dispose()
    {
        Kill();
        Directory.Delete(folder, recursive: true);
    }
}
