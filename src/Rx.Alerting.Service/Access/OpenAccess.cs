using System.Net;
using Rx.Alerting.Service.Configuration;

namespace Rx.Alerting.Service.Access;

/// <summary>What callers may do who show nothing.</summary>
/// <param name="Anonymous">Wherever they are.</param>
/// <param name="Local">On this machine.</param>
/// <param name="IsDecided">Whether somebody has configured it.</param>
internal sealed record OpenAccess(AccessRole Anonymous, AccessRole Local, bool IsDecided)
{
    private static readonly string[] ProxyHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host"];

    /// <param name="settings">Valid.</param>
    /// <param name="address">Of <c>--listen</c>.</param>
    public static OpenAccess Of(Settings settings, string address)
    {
        var (options, anonymous) = (settings.Access, settings.Access.Anonymous ?? AccessRole.None);
        var isOpen = !IsSet(settings) && ListenAddresses.Open(settings, address).Count == 0;
        return new(anonymous, isOpen ? AccessRole.Admin : options.Local ?? anonymous, IsSet(settings));
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
            + "or Access:Anonymous=reader, everybody may read (docs/access.md)";
    }

    /// <summary>Whether anybody has decided who may do what.</summary>
    private static bool IsSet(Settings settings) =>
        settings.Access is not { Anonymous: null, Local: null }
        || settings.AccessProxy.Networks.Count > 0
        || settings.AccessTokens.All.Count > 0;

    /// <summary>The caller of a request that shows nothing.</summary>
    public Caller CallerOf(HttpRequest request) =>
        Caller.Unknown(Local > Anonymous && WhyNotLocal(request) is null ? Local : Anonymous);

    /// <summary>
    /// Why a request is not of this machine, as a sentence; null if it is. A page of another site has this machine's browser ask for the
    /// site's own name, even where that name leads to a loopback address (DNS rebinding). A proxy passes on what others ask.
    /// </summary>
    public static string? WhyNotLocal(HttpRequest request)
    {
        if (request.HttpContext.Connection.RemoteIpAddress is not { } from || !IPAddress.IsLoopback(from))
            return "It does not come from a loopback address of the service's machine.";
        if (!ListenAddresses.IsLoopbackHost(request.Host.Host))
            return $"The Host header must be localhost or a loopback address, and is “{request.Host}”.";
        return ProxyHeaders.Any(request.Headers.ContainsKey) ? "A proxy has passed the request on." : null;
    }
}
