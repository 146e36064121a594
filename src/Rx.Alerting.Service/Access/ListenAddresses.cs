using System.Net;
using Rx.Alerting.Service.Configuration;

namespace Rx.Alerting.Service.Access;

/// <summary>Whether others than this machine can reach the API.</summary>
internal static class ListenAddresses
{
    private const string Endpoints = "Kestrel:Endpoints:", Url = ":Url";

    /// <summary>The addresses that others can reach. Empty: the service listens on loopback addresses only.</summary>
    /// <param name="settings">May name endpoints, which take the place of <paramref name="address"/>.</param>
    /// <param name="address">Of <c>--listen</c>.</param>
    public static IReadOnlyList<string> Open(Settings settings, string address) =>
        [.. All(settings, address).Where(url => !IsLoopback(url))];

    /// <summary>All addresses.</summary>
    /// <inheritdoc cref="Open"/>
    public static IReadOnlyList<string> All(Settings settings, string address)
    {
        var endpoints = settings.Host.Where(pair => pair.Key.StartsWith(Endpoints, StringComparison.OrdinalIgnoreCase)).ToList();
        var urls = endpoints.Where(pair => pair.Key.EndsWith(Url, StringComparison.OrdinalIgnoreCase)).Select(pair => pair.Value!);
        return [.. endpoints.Count > 0 ? urls : [address]];
    }

    /// <summary>Whether a host is this machine, by a name that no other machine can take.</summary>
    public static bool IsLoopbackHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>What is no address, such as http://*:80, is every address of the machine for Kestrel.</summary>
    private static bool IsLoopback(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && IsLoopbackHost(uri.DnsSafeHost);
}
