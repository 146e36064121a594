using Microsoft.Net.Http.Headers;

namespace Rx.Alerting.Service.Access;

/// <summary>Headers that tell browsers what no answer of the service needs. No answer lets other sites read it (CORS).</summary>
internal static class SecurityHeaders
{
    /// <summary>Scripts and styles come from files of the service only; nothing of it is shown in a frame.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly (string Name, string Value)[] All =
    [
        (HeaderNames.ContentSecurityPolicy, ContentSecurityPolicy),
        (HeaderNames.XContentTypeOptions, "nosniff"),
        (HeaderNames.XFrameOptions, "DENY"),
        ("Referrer-Policy", "same-origin"), // Forms of a page tell that they come from here.
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ];

    public static void Use(IApplicationBuilder app) => app.Use((context, next) =>
    {
        // At the very end: where an answer fails half way, its headers are cleared.
        context.Response.OnStarting(static state =>
        {
            var headers = ((HttpContext)state).Response.Headers;
            foreach (var (name, value) in All)
                headers.TryAdd(name, value);
            // What one caller may see must not be kept for others.
            headers.TryAdd(HeaderNames.CacheControl, "no-cache, private");
            return Task.CompletedTask;
        }, context);
        return next(context);
    });
}
