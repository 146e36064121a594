using System.Net;
using Rx.Alerting.Service.Configuration;

namespace Rx.Alerting.Service.Access;

/// <summary>What callers may do who show nothing.</summary>
/// <param name="Anonymous">Wherever they are.</param>
/// <param name="Local">On this machine.</param>
/// <param name="IsDecided">Whether somebody has configured it.</param>
internal sealed record OpenAccess(AccessRole Anonymous, AccessRole Local, bool IsDecided)
{
    /// <summary>Headers by which proxies tell that they pass a request on. A program of this machine has no reason to send them.</summary>
    private static readonly HashSet<string> ProxyHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Forwarded", "Via", "X-Forwarded", "X-Real-IP", "X-Cluster-Client-IP", "True-Client-IP", "Client-IP", "X-ProxyUser-Ip",
        "X-Scheme", "X-Request-Start", "X-Rewrite-URL", "X-Host", "Remote-User", "CDN-Loop", "X-Varnish",
    };

    /// <summary>Beginnings of headers that proxies and networks for content add, each with a family of its own.</summary>
    private static readonly string[] ProxyPrefixes =
    [
        "X-Forwarded-", "X-Original-", "X-Client-", "X-Remote-", "X-Auth-", "X-Authenticated-", "X-WEBAUTH-", "X-Envoy-", "X-Amzn-",
        "X-Amz-Cf-", "X-Azure-", "X-ARR-", "X-AppEngine-", "X-Goog-", "X-Vercel-", "X-SSL-", "SSL-Client-", "WL-Proxy-", "Proxy-",
        "CF-", "CloudFront-", "Fastly-", "Fly-", "Akamai-", "Incap-", "Tailscale-", "Remote-", "Ngrok-",
    ];

    /// <summary>The names by which callers may ask who show nothing, and are not on this machine.</summary>
    public AllowedHosts Hosts { get; init; } = AllowedHosts.Own;

    /// <param name="settings">Valid.</param>
    /// <param name="address">Of <c>--listen</c>.</param>
    public static OpenAccess Of(Settings settings, string address)
    {
        var (options, anonymous) = (settings.Access, settings.Access.Anonymous ?? AccessRole.None);
        var isOpen = !IsSet(settings) && ListenAddresses.Open(settings, address).Count == 0;
        return new(anonymous, isOpen ? AccessRole.Admin : options.Local ?? anonymous, IsSet(settings))
        {
            Hosts = AllowedHosts.Of(options.Hosts),
        };
    }

    /// <summary>Every reason why the service must not start.</summary>
    public static IEnumerable<string> Faults(Settings settings, string address)
    {
        if (IsSet(settings) || ListenAddresses.Open(settings, address) is not [var open, ..])
            yield break;
        yield return $"{open} can be reached by other machines, and nobody has said who may use the service. Say it by one of these: "
            + "Access:Anonymous=none, and tokens by rx-alerting token create; "
            + "Access:Tokens:NAME:TokenFile=FILE, a token that rx-alerting token new has made; "
            + "Access:Proxy:Networks=NETWORK, a proxy that asks for users; "
            + "Access:Oidc:Authority=URL, an identity provider where users log in; "
            + "or Access:Anonymous=reader, everybody may read (docs/access.md)";
    }

    /// <summary>Whether anybody has decided who may do what.</summary>
    private static bool IsSet(Settings settings) =>
        settings.Access is not { Anonymous: null, Local: null }
        || settings.AccessProxy.Networks.Count > 0
        || settings.AccessOidc.IsSet
        || settings.AccessTokens.All.Count > 0;

    /// <summary>The caller of a request that shows nothing.</summary>
    /// <param name="request">The request.</param>
    /// <param name="isPassedOn">Whether a proxy passes it on, as its address or its headers say. Then it is not of this machine.</param>
    public Caller CallerOf(HttpRequest request, bool isPassedOn = false) => Caller.Unknown(
        Local > Anonymous && !isPassedOn && WhyNotLocal(request) is null ? Local
        : Hosts.Has(request.Host.Host) ? Anonymous
        : AccessRole.None);

    /// <summary>
    /// Why a request is not of this machine, as a sentence; null if it is. A page of another site has this machine's browser ask for the
    /// site's own name, even where that name leads to a loopback address (DNS rebinding). A proxy passes on what others ask.
    /// </summary>
    public static string? WhyNotLocal(HttpRequest request)
    {
        if (!IsFromLoopback(request))
            return "It does not come from a loopback address of the service's machine.";
        if (!ListenAddresses.IsLoopbackHost(request.Host.Host))
            return $"The Host header must be localhost or a loopback address, and is “{request.Host}”.";
        if (request.Headers.Keys.FirstOrDefault(IsOfAProxy) is { } header)
            return $"A proxy has passed the request on, as its header {header} says.";
        return HttpProtocol.IsHttp10(request.Protocol) ? "It is HTTP/1.0, as only proxies and very old programs send it." : null;
    }

    /// <summary>Whether what is answered stays on this machine, as far as the service can see.</summary>
    public static bool IsOnLoopback(HttpRequest request) => IsFromLoopback(request) && ListenAddresses.IsLoopbackHost(request.Host.Host);

    private static bool IsFromLoopback(HttpRequest request) =>
        request.HttpContext.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from);

    private static bool IsOfAProxy(string header) => ProxyHeaders.Contains(header)
        || Array.Exists(ProxyPrefixes, prefix => header.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
