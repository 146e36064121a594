using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Rx.Alerting.Testing.Servers;

/// <summary>A small HTTP/1.1 server on a free loopback port. A test says what it answers, and how it fails.</summary>
public sealed class ScriptedHttpServer : IDisposable
{
    private readonly Func<ScriptedRequest, ScriptedAnswer> script;
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<ScriptedRequest> requests = new();
    private readonly SemaphoreSlim arrivals = new(0);
    private readonly X509Certificate2? certificate;
    private int unanswered;

    /// <param name="script">What is answered; called for one request of a connection after the other.</param>
    /// <param name="tls">The authority of the server's certificate. Null: no TLS.</param>
    public ScriptedHttpServer(Func<ScriptedRequest, ScriptedAnswer> script, TestAuthority? tls = null)
    {
        this.script = script;
        certificate = tls is null ? null : X509Certificate2.CreateFromPemFile(tls.CertificateFile, tls.KeyFile);
        listener.Start();
        Address = new($"{(tls is null ? "http" : "https")}://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        _ = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>The requests that were read as a whole.</summary>
    public IReadOnlyList<ScriptedRequest> Requests => [.. requests];

    /// <summary>How many clients wait for an answer.</summary>
    public int Unanswered => Volatile.Read(ref unanswered);

    /// <summary>Waits for a request that nobody has waited for yet.</summary>
    public Task ArrivalAsync(CancellationToken cancel) => arrivals.WaitAsync(cancel);

    public void Dispose()
    {
        stop.Cancel();
        listener.Dispose();
        certificate?.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await listener.AcceptTcpClientAsync(stop.Token));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient connection)
    {
        try
        {
            using (connection)
            await using (var stream = await OpenAsync(connection))
            {
                while (await ReadAsync(stream) is { } request)
                {
                    Interlocked.Increment(ref unanswered);
                    requests.Enqueue(request);
                    var answer = script(request);
                    arrivals.Release();
                    await Task.Delay(answer.Delay, TimeProvider.System, stop.Token);
                    if (answer.Fault == ScriptedFault.Hang)
                        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop.Token);
                    Interlocked.Decrement(ref unanswered);
                    if (answer.Fault == ScriptedFault.Cut)
                        return;
                    await stream.WriteAsync(answer.Bytes, stop.Token);
                    if (answer.Fault == ScriptedFault.CutBody)
                        return;
                }
            }
        }
        catch (Exception end) when (end is IOException or OperationCanceledException or AuthenticationException or ObjectDisposedException)
        {
            // The client has gone, or does not trust the certificate.
        }
    }

    private async Task<Stream> OpenAsync(TcpClient connection)
    {
        if (certificate is null)
            return connection.GetStream();
        var stream = new SslStream(connection.GetStream());
        await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, stop.Token);
        return stream;
    }

    /// <summary>Null: the client has closed the connection.</summary>
    private async Task<ScriptedRequest?> ReadAsync(Stream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (head is not [.., (byte)'\r', (byte)'\n', (byte)'\r', (byte)'\n'])
        {
            if (await stream.ReadAsync(one, stop.Token) == 0)
                return null;
            head.Add(one[0]);
        }

        var lines = Encoding.ASCII.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(
            pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        var body = new byte[int.Parse(headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, stop.Token);
        return new(lines[0].Split(' ')[0], lines[0].Split(' ')[1], headers, Encoding.UTF8.GetString(body)) { Content = body };
    }
}
