using System.Net;
using System.Net.Sockets;

namespace Rx.Alerting.Testing.Servers;

public static class FreePort
{
    /// <summary>A loopback port at which nobody listened a moment ago.</summary>
    public static int Find()
    {
        using var listener = Listen();
        return PortOf(listener);
    }

    /// <summary>Two different ports. If they were asked for one after the other, the system might give the same port twice.</summary>
    internal static (int First, int Second) FindTwo()
    {
        using var first = Listen();
        using var second = Listen();
        return (PortOf(first), PortOf(second));
    }

    private static TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}
