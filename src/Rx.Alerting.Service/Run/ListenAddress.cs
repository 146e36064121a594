using Rx.Alerting.Service.CommandLine;

namespace Rx.Alerting.Service.Run;

/// <summary>Where the service listens.</summary>
internal static class ListenAddress
{
    public const string Default = "127.0.0.1:8080";

    /// <summary>
    /// Makes an address for Kestrel of <c>port</c>, <c>host:port</c>, <c>http://host:port</c> or <c>https://host:port</c>.
    /// A port alone listens on loopback.
    /// </summary>
    /// <remarks>
    /// Only localhost and IP addresses are taken: for any other host, Kestrel would listen on every address of the machine.
    /// </remarks>
    /// <exception cref="MisusedException">The text is none of these.</exception>
    public static string Parse(string text)
    {
        var address = text.Contains("://", StringComparison.Ordinal) ? text
            : text.Length > 0 && text.All(char.IsAsciiDigit) ? $"http://127.0.0.1:{text}"
            : $"http://{text}";
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.PathAndQuery != "/")
            throw new MisusedException($"--listen {text}: must be PORT, HOST:PORT, http://HOST:PORT or https://HOST:PORT");
        if (uri.HostNameType is not (UriHostNameType.IPv4 or UriHostNameType.IPv6) && uri.Host != "localhost")
        {
            throw new MisusedException(
                $"--listen {text}: the host must be localhost or an IP address; 0.0.0.0 and [::] are all of this machine");
        }

        if (uri is { Host: "localhost", Port: 0 })
            throw new MisusedException($"--listen {text}: port 0, which any free port stands for, needs an IP address such as 127.0.0.1");

        return $"{uri.Scheme}://{uri.Host}:{uri.Port}";
    }
}
