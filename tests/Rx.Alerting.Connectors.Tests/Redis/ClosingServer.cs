using System.Net;
using System.Net.Sockets;

namespace Rx.Alerting.Connectors.Tests.Redis;

/// <summary>Closes every connection at once, like a load balancer without a server behind it.</summary>
internal sealed class ClosingServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    public ClosingServer()
    {
        listener.Start();
        _ = CloseAsync();
    }

    public string Endpoint => listener.LocalEndpoint.ToString()!;

    public void Dispose() => listener.Dispose();

    private async Task CloseAsync()
    {
        try
        {
            while (true)
                (await listener.AcceptTcpClientAsync()).Close();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }
}
