using System.Net;
using System.Net.Sockets;

namespace Rx.Alerting.Testing.Servers;

/// <summary>A proxy that can break its connection after some bytes, limit the bytes a second, or lose what is sent.</summary>
public sealed class RedisProxy : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly int server;
    private readonly CancellationTokenSource end = new();
    private long left = long.MaxValue;
    private long sent;

    public RedisProxy(int server)
    {
        this.server = server;
        listener.Start();
        _ = AcceptAsync();
    }

    public string Endpoint => listener.LocalEndpoint.ToString()!;

    /// <summary>The most bytes a second in each direction. 0: no limit.</summary>
    public int BytesPerSecond { get; set; }

    /// <summary>Whether what is sent to the server gets lost, and only answers pass.</summary>
    public bool LosesWhatIsSent { get; set; }

    /// <summary>Bytes that were sent to the server.</summary>
    public long Sent => Interlocked.Read(ref sent);

    /// <summary>Breaks the connection once, when so many more bytes have been sent to the server.</summary>
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
        var (buffer, pace) = (new byte[1 << 14], new Pace());
        for (int read; (read = await from.ReadAsync(buffer, end.Token)) > 0;)
        {
            if (LosesWhatIsSent)
                continue;
            var allowed = Interlocked.Add(ref left, -read);
            await to.WriteAsync(buffer.AsMemory(0, (int)Math.Max(0, Math.Min(read, allowed + read))), end.Token);
            Interlocked.Add(ref sent, read);
            if (allowed <= 0)
            {
                Interlocked.Exchange(ref left, long.MaxValue);
                return;
            }

            await pace.WaitAsync(read, BytesPerSecond, end.Token);
        }
    }

    private async Task ToClientAsync(NetworkStream from, NetworkStream to)
    {
        var (buffer, pace) = (new byte[1 << 13], new Pace());
        for (int read; (read = await from.ReadAsync(buffer, end.Token)) > 0;)
        {
            await to.WriteAsync(buffer.AsMemory(0, read), end.Token);
            await pace.WaitAsync(read, BytesPerSecond, end.Token);
        }
    }

    /// <summary>
    /// Waits to keep the limit. Timers are not exact for short waits, so an error of one wait is made up for by the next.
    /// </summary>
    private sealed class Pace
    {
        private long due = TimeProvider.System.GetTimestamp();

        public async Task WaitAsync(int bytes, int bytesPerSecond, CancellationToken cancel)
        {
            if (bytesPerSecond == 0)
                return;
            var now = TimeProvider.System.GetTimestamp();
            due = Math.Max(due, now - (TimeProvider.System.TimestampFrequency / 10))
                + (long)((double)bytes / bytesPerSecond * TimeProvider.System.TimestampFrequency);
            if (due > now)
                await Task.Delay(TimeProvider.System.GetElapsedTime(now, due), TimeProvider.System, cancel);
        }
    }
}
