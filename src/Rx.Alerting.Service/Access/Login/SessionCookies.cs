using Microsoft.AspNetCore.Authentication.Cookies;

namespace Rx.Alerting.Service.Access.Login;

/// <summary>
/// Names cookies. With TLS, a name begins with <c>__Host-</c>: then a browser takes the cookie from this host only, with TLS only, and no
/// other host of the domain can put one in its place. A browser refuses such a name without TLS, so on loopback it is left out.
/// </summary>
internal sealed class SessionCookies : ICookieManager
{
    private const string Prefix = "__Host-";

    private readonly ChunkingCookieManager inner = new();

    public string? GetRequestCookie(HttpContext context, string key) => inner.GetRequestCookie(context, Name(context, key));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        inner.AppendResponseCookie(context, Name(context, key), value, Bound(options));

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) =>
        inner.DeleteCookie(context, Name(context, key), Bound(options));

    /// <summary>What the prefix asks for.</summary>
    private static CookieOptions Bound(CookieOptions options)
    {
        (options.Path, options.Domain) = ("/", null);
        return options;
    }

    private static string Name(HttpContext context, string key) => context.Request.IsHttps ? Prefix + key : key;
}
