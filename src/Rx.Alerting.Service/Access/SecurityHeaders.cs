using Microsoft.Net.Http.Headers;

namespace Rx.Alerting.Service.Access;

/// <summary>Headers that tell browsers what no answer of the service needs. No answer lets other sites read it (CORS).</summary>
internal static class SecurityHeaders
{
    private const string Scripts = "script-src 'self'", Styles = "style-src 'self'";

    private static readonly (string Name, string Value)[] All =
    [
        (HeaderNames.ContentSecurityPolicy, PolicyWith(Scripts, Styles)),
        (HeaderNames.XContentTypeOptions, "nosniff"),
        (HeaderNames.XFrameOptions, "DENY"),
        ("Referrer-Policy", "same-origin"), // Forms of a page tell that they come from here.
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ];

    /// <summary>
    /// Scripts and styles come from files of the service only, unless a page needs more; nothing of it is shown in a frame.
    /// </summary>
    /// <param name="scripts">The directive for scripts.</param>
    /// <param name="styles">The directive for styles.</param>
    public static string PolicyWith(string scripts, string styles) =>
        $"default-src 'none'; {scripts}; {styles}; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

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
