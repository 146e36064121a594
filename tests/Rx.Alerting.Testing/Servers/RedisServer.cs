namespace Rx.Alerting.Testing.Servers;

/// <summary>The redis-server of the PATH, in a temporary folder on a free loopback port, with an append-only file; starts again on the same port and data.</summary>
public sealed class RedisServer : IDisposable
{
    private readonly string program;
    private readonly string folder = Directory.CreateTempSubdirectory("rx-alerting-redis-").FullName;
    private readonly LoggedProcess process;

    private RedisServer(string program, string? password, string? maxmemory, bool fsyncAlways, TestAuthority? tls, string policy)
    {
        this.program = program;
        process = new LoggedProcess("A Redis server", Path.Combine(folder, "server.log"));
        Port = FreePort.Find();
        File.WriteAllLines(Path.Combine(folder, "redis.conf"),
        [
            $"port {(tls is null ? Port : 0)}",
            .. tls is null
                ? Array.Empty<string>()
                : [
                    $"tls-port {Port}", $"tls-cert-file {tls.CertificateFile}", $"tls-key-file {tls.KeyFile}",
                    $"tls-ca-cert-file {tls.AuthorityFile}", "tls-auth-clients no",
                ],
            "bind 127.0.0.1",
            $"dir {folder}",
            "save \"\"",
            "appendonly yes",
            $"appendfsync {(fsyncAlways ? "always" : "everysec")}",
            .. password is null ? Array.Empty<string>() : [$"requirepass {password}"],
            .. maxmemory is null ? Array.Empty<string>() : [$"maxmemory {maxmemory}", $"maxmemory-policy {policy}"],
        ]);
    }

    public int Port { get; }

    /// <summary>Host and port, as a client's configuration begins.</summary>
    public string Endpoint => $"127.0.0.1:{Port}";

    /// <summary>Null where there is no redis-server.</summary>
    /// <param name="password">Needed by clients; null for none.</param>
    /// <param name="maxmemory">As redis.conf writes it, <c>4mb</c>; null for no bound.</param>
    /// <param name="fsyncAlways">Whether the disk has what a client was told; else about a second later.</param>
    /// <param name="policy">What it does where it has no room, as redis.conf writes it; with <paramref name="maxmemory"/>.</param>
    /// <param name="tls">Whose certificate it shows; null: no TLS.</param>
    public static RedisServer? TryStart(
        string? password = null,
        string? maxmemory = null,
        bool fsyncAlways = true,
        TestAuthority? tls = null,
        string policy = "noeviction")
    {
        var program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(directory => Path.Combine(directory, "redis-server")).FirstOrDefault(File.Exists);
        if (program is null)
            return null;
        var server = new RedisServer(program, password, maxmemory, fsyncAlways, tls, policy);
        server.Start();
        return server;
    }

    /// <summary>Starts it, and waits until it serves.</summary>
    public void Start() =>
        process.Start([program, Path.Combine(folder, "redis.conf")], "Ready to accept connections", TimeSpan.FromSeconds(30));

    /// <summary>Ends it at once, as a crash does.</summary>
    public void Kill() => process.Kill();

    /// <summary>A crash, and a new start on the same port with what the disk has.</summary>
    public void Restart()
    {
        Kill();
        Start();
    }

    /// <summary>Takes everything away; while the server is down.</summary>
    public void Empty()
    {
        foreach (var log in Directory.GetDirectories(folder))
            Directory.Delete(log, recursive: true);
    }

    /// <summary>Takes the end of the append-only file away, as a crash of the machine may; while the server is down.</summary>
    public void CutLog(long bytes)
    {
        var file = Directory.GetFiles(folder, "*.aof", SearchOption.AllDirectories).MaxBy(path => new FileInfo(path).Length)!;
        using var stream = File.OpenWrite(file);
        stream.SetLength(stream.Length - bytes);
    }

    public void Dispose()
    {
        Kill();
        Directory.Delete(folder, recursive: true);
    }
}
