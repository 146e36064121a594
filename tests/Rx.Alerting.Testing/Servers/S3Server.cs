using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Rx.Alerting.Testing.Servers;

/// <summary>
/// A local server with the API of Amazon S3, on a free loopback port, from the packages in <c>tests/npm</c>. It has one bucket. Its objects
/// outlive a kill.
/// </summary>
public sealed class S3Server : IDisposable
{
    public const string Bucket = "rx-dumps";

    /// <summary>The only key that the server knows, and its secret.</summary>
    public const string AccessKeyId = "S3RVER", SecretAccessKey = "S3RVER";

    private const string Package = "s3rver";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly int port = FreePort.Find();
    private readonly string folder = Directory.CreateTempSubdirectory("rx-alerting-s3-").FullName;
    private Process? process;

    private S3Server()
    {
    }

    public string Url => $"http://127.0.0.1:{port}";

    /// <summary>Why there is no such server on this machine. Null if there is.</summary>
    public static string? Missing => NodePackages.Find(Package) is null ? NodePackages.HowToInstall(Package) : null;

    public static async Task<S3Server> StartAsync()
    {
        var server = new S3Server();
        await server.RestartAsync();
        return server;
    }

    /// <summary>Starts the server, after a kill at the same port, and waits until it answers.</summary>
    /// <exception cref="InvalidOperationException">The server has not answered after a minute, or has ended.</exception>
    public async Task RestartAsync()
    {
        var package = NodePackages.Find(Package) ?? throw new InvalidOperationException(Missing);
        process = LoggedProcess.Run(
            Path.Combine(folder, "server.log"),
            [
                "node", "--openssl-legacy-provider", Path.Combine(package, "bin", "s3rver.js"),
                "-d", Path.Combine(folder, "data"), "-a", "127.0.0.1", "-p", $"{port}", "-s", "--configure-bucket", Bucket,
            ]);
        var begin = Stopwatch.GetTimestamp();
        while (!await AnswersAsync())
        {
            if (process.WaitForExit(20) || Stopwatch.GetElapsedTime(begin) > Patience)
                throw new InvalidOperationException("The S3 server has not come up.");
        }
    }

    /// <summary>Ends the server at once. Connections break.</summary>
    public void Kill()
    {
        process?.Kill(entireProcessTree: true);
        process?.WaitForExit();
        process?.Dispose();
        process = null;
    }

    public void Dispose()
    {
        Kill();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<bool> AnswersAsync()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
