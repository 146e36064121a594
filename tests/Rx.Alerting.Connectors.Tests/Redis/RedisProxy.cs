using System.Net;
using System.Net.Sockets;

namespace Rx.Alerting.Connectors.Tests.Redis;

/// <summary>A line to a server that can break after so many bytes, or let only so many through in a second.</summary>
internal sealed class RedisProxy : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly int server;
    private readonly CancellationTokenSource end = new();
    private long left = long.MaxValue;

    public RedisProxy(int server)
    {
        this.server = server;
        listener.Start();
        _ = AcceptAsync();
    }

    public string Endpoint => listener.LocalEndpoint.ToString()!;

    /// <summary>Of what the server answers; 0: as fast as it comes.</summary>
    public int BytesPerSecond { get; set; }

    /// <summary>Breaks the connection when so many more bytes have gone to the server, once.</summary>
    public void CutAfter(long bytes) => Interlocked.Exchange(ref left, bytes);

    public void Dispose()
    {
        end.Cancel();
        listener.Dispose();
        end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await listener.AcceptTcpClientAsync(end.Token));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient();
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, server, end.Token);
            await Task.WhenAny(ToServerAsync(near.GetStream(), far.GetStream()), ToClientAsync(far.GetStream(), near.GetStream()));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // The server is down, or the test over.
        }
    }

    private async Task ToServerAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[1 << 14];
        for (int read; (read = await from.ReadAsync(buffer, end.Token)) > 0;)
        {
            var allowed = Interlocked.Add(ref left, -read);
            await to.WriteAsync(buffer.AsMemory(0, (int)Math.Max(0, Math.Min(read, allowed + read))), end.Token);
            if (allowed > 0)
                continue;
            Interlocked.Exchange(ref left, long.MaxValue);
            return;
        }
    }

    private async Task ToClientAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[1 << 13];
        for (int read; (read = await from.ReadAsync(buffer, end.Token)) > 0;)
        {
            await to.WriteAsync(buffer.AsMemory(0, read), end.Token);
            if (BytesPerSecond > 0)
                await Task.Delay(TimeSpan.FromSeconds((double)read / BytesPerSecond), TimeProvider.System, end.Token);
        }
    }
}
