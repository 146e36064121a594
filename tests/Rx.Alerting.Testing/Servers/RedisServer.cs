namespace Rx.Alerting.Testing.Servers;

/// <summary>
/// The redis-server of the PATH, in a temporary folder, on a free loopback port, with an append-only file. A restart keeps port and data.
/// </summary>
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

    /// <summary>Host and port: the beginning of a client's configuration.</summary>
    public string Endpoint => $"127.0.0.1:{Port}";

    /// <summary>Null if there is no redis-server.</summary>
    /// <param name="password">The password that clients need. Null: none.</param>
    /// <param name="maxmemory">The bound of memory, as in redis.conf: <c>4mb</c>. Null: no bound.</param>
    /// <param name="fsyncAlways">Whether a write is on the disk before it is confirmed. Otherwise, about a second later.</param>
    /// <param name="policy">What the server does when <paramref name="maxmemory"/> is reached, as in redis.conf.</param>
    /// <param name="tls">The authority of the server's certificate. Null: no TLS.</param>
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

    /// <summary>Starts the server, and waits until it serves.</summary>
    public void Start() =>
        process.Start([program, Path.Combine(folder, "redis.conf")], "Ready to accept connections", TimeSpan.FromSeconds(30));

    /// <summary>Kills the server, as a crash does.</summary>
    public void Kill() => process.Kill();

    /// <summary>Kills the server, and starts it on the same port with the data of its disk.</summary>
    public void Restart()
    {
        Kill();
        Start();
    }

    /// <summary>Deletes all data. To be called while the server is down.</summary>
    public void Empty()
    {
        foreach (var log in Directory.GetDirectories(folder))
            Directory.Delete(log, recursive: true);
    }

    /// <summary>Cuts off the end of the append-only file, as a crash of the machine may. To be called while the server is down.</summary>
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
