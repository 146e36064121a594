using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Rx.Alerting.Testing.Servers;

/// <summary>
/// A local server with the API of Amazon Kinesis, on a free loopback port, from the packages in <c>tests/npm</c>. Its streams are in
/// memory.
/// </summary>
public sealed class KinesisServer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process process;
    private bool disposed;

    private KinesisServer(Process process, int port)
    {
        this.process = process;
        Url = new($"http://127.0.0.1:{port}");
    }

    public Uri Url { get; }

    /// <summary>Why there is no such server on this machine. Null if there is.</summary>
    public static string? Missing(KinesisServerKind kind) =>
        NodePackages.Find(Package(kind)) is null ? NodePackages.HowToInstall(Package(kind)) : null;

    /// <summary>Starts a server and waits until it answers.</summary>
    /// <exception cref="InvalidOperationException">The server has not answered after a minute, or has ended.</exception>
    public static async Task<KinesisServer> StartAsync(KinesisServerKind kind)
    {
        var (port, tlsPort) = FreePort.FindTwo();
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.WorkingDirectory = NodePackages.Find(Package(kind)) ?? throw new InvalidOperationException(Missing(kind));
        if (kind == KinesisServerKind.Kinesalite)
        {
            start.ArgumentList.Add("-e");
            start.ArgumentList.Add(
                "require('.')({ createStreamMs: 20, deleteStreamMs: 20, updateStreamMs: 20, shardLimit: 1000 })"
                + $".listen({port}, '127.0.0.1')");
        }
        else
        {
            start.ArgumentList.Add("main.js");
            start.Environment["KINESIS_MOCK_CERT_PATH"] = Path.Combine(start.WorkingDirectory, "server.json");
            start.Environment["KINESIS_MOCK_PLAIN_PORT"] = $"{port}";
            start.Environment["KINESIS_MOCK_TLS_PORT"] = $"{tlsPort}";
            start.Environment["SHARD_LIMIT"] = "1000";
            start.Environment["LOG_LEVEL"] = "ERROR";
            foreach (var change in new[] { "CREATE_STREAM", "DELETE_STREAM", "SPLIT_SHARD", "MERGE_SHARDS" })
                start.Environment[change + "_DURATION"] = "20ms";
        }

        var server = new KinesisServer(Process.Start(start)!, port);
        server.process.OutputDataReceived += (_, _) => { };
        server.process.ErrorDataReceived += (_, _) => { };
        server.process.BeginOutputReadLine();
        server.process.BeginErrorReadLine();
        await server.AnswersAsync(port);
        return server;
    }

    public void Dispose()
    {
        if (disposed)
            return;
        disposed = true;
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private async Task AnswersAsync(int port)
    {
        var begin = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begin) < Patience && !process.HasExited)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        }

        Dispose();
        throw new InvalidOperationException("The Kinesis server has not come up.");
    }

    private static string Package(KinesisServerKind kind) => kind == KinesisServerKind.Kinesalite ? "kinesalite" : "kinesis-local";
}
