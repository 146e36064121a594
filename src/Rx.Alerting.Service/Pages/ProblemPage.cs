using System.Globalization;
using System.Net.Mime;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.Net.Http.Headers;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Access.Login;
using Rx.Alerting.Service.Api;

namespace Rx.Alerting.Service.Pages;

/// <summary>
/// A problem as a page, for a person with a browser. It has nothing of the service but ways out: it is for callers without a role, too.
/// </summary>
internal static class ProblemPage
{
    /// <summary>Addresses of programs. They answer with problem documents, whoever asks.</summary>
    private static readonly string[] OfPrograms = ["/api/v1", "/openapi", "/health"];

    /// <summary>Whether a browser asks for something to show: programs ask for anything, or for JSON.</summary>
    public static bool IsFor(HttpRequest request) =>
        !Array.Exists(OfPrograms, path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
        && MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)
        && accepted.Any(type =>
            type.MediaType.Equals(MediaTypeNames.Text.Html, StringComparison.OrdinalIgnoreCase) && type.Quality is not 0);

    /// <summary>Writes the page. The status of the answer is set.</summary>
    public static async Task WriteAsync(HttpContext context, ProblemDocument problem)
    {
        var (encoder, response) = (HtmlEncoder.Default, context.Response);
        var title = encoder.Encode(problem.Title ?? "Something is wrong.");
        var page = new StringBuilder($"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark"><title>{title} · Rx.Alerting</title>
            <link rel="icon" href="{PageAsset.Icon.Path}" type="image/svg+xml"><link rel="stylesheet" href="{PageAsset.Style.Path}">
            </head><body><main><section class="empty" id="problem" aria-labelledby="wrong"><h1 id="wrong">{title}</h1>

            """);
        foreach (var text in Texts(problem))
            page.Append(CultureInfo.InvariantCulture, $"<p>{encoder.Encode(text)}</p>\n");
        page.Append("<nav class=\"places\" aria-label=\"Ways out\"><ul>");
        foreach (var (path, name) in Ways(context))
            page.Append(CultureInfo.InvariantCulture, $"<li><a href=\"{encoder.Encode(path)}\">{name}</a></li>");
        page.Append("</ul></nav>");
        if (context.Caller() is { Means: CallerMeans.Login } user)
        {
            var name = encoder.Encode(IncidentWords.Printable(user.Name));
            page.Append(CultureInfo.InvariantCulture, $"""
                <form method="post" action="{LoginEndpoints.OutPath}"><button>Log out {name}</button></form>
                """);
        }

        page.Append(CultureInfo.InvariantCulture, $"<p><small>Status {problem.Status}</small></p>")
            .Append("</section></main></body></html>\n");
        response.ContentType = "text/html; charset=utf-8";
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(page.ToString()), context.RequestAborted);
    }

    private static IEnumerable<string> Texts(ProblemDocument problem) =>
    [
        .. new[] { problem.Detail }.OfType<string>(),
        .. (problem.Errors ?? new Dictionary<string, string[]>()).Select(error => $"{error.Key} {string.Join("; ", error.Value)}"),
    ];

    /// <summary>Whoever may read nothing is led to the login only, where there is one.</summary>
    private static IEnumerable<(string Path, string Name)> Ways(HttpContext context) =>
        context.Caller().Role >= AccessRole.Reader ? MainNav.Places
        : context.RequestServices.GetRequiredService<OpenAccess>().IsDecided && Sessions.WhyNone(context.Request) is null
            ? [(LoginEndpoints.Path, "Log in")]
            : [("/", "Start")];
}
