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
    /// <exception cref="MisusedException">The text is none of these.</exception>
    public static string Parse(string text) =>
        Parse(text, out var problem) ?? throw new MisusedException($"--listen {text}: {problem}");

    /// <inheritdoc cref="Parse(string)"/>
    /// <remarks>
    /// Only localhost and IP addresses are taken: for any other host, Kestrel would listen on every address of the machine.
    /// </remarks>
    /// <param name="text">What somebody wrote.</param>
    /// <param name="problem">What is wrong with the text; null: nothing.</param>
    /// <returns>Null if something is wrong.</returns>
    public static string? Parse(string text, out string? problem)
    {
        var address = text.Contains("://", StringComparison.Ordinal) ? text
            : text.Length > 0 && text.All(char.IsAsciiDigit) ? $"http://127.0.0.1:{text}"
            : $"http://{text}";
        problem = !Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.PathAndQuery != "/"
                ? "must be PORT, HOST:PORT, http://HOST:PORT or https://HOST:PORT"
            : uri.HostNameType is not (UriHostNameType.IPv4 or UriHostNameType.IPv6) && uri.Host != "localhost"
                ? "the host must be localhost or an IP address; 0.0.0.0 and [::] are all of this machine"
            : uri is { Host: "localhost", Port: 0 }
                ? "port 0, which any free port stands for, needs an IP address such as 127.0.0.1"
            : null;
        return problem is null ? $"{uri!.Scheme}://{uri.Host}:{uri.Port}" : null;
    }
}
