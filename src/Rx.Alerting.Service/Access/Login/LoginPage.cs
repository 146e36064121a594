using System.Text;
using System.Text.Encodings.Web;
using Rx.Alerting.Service.Pages;

namespace Rx.Alerting.Service.Access.Login;

/// <summary>The page with the form.</summary>
internal static class LoginPage
{
    /// <param name="back">The path to go to afterwards.</param>
    /// <param name="hasProvider">Whether there is an identity provider.</param>
    /// <param name="problem">Why the last try has failed; null: there was none.</param>
    /// <param name="status">Of the answer to a try that has failed.</param>
    public static IResult Of(
        string back, bool hasProvider, string? problem, int status = StatusCodes.Status401Unauthorized)
    {
        var query = HtmlEncoder.Default.Encode(QueryString.Create(LoginEndpoints.Return, back).ToString());
        var page = new StringBuilder($"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <meta name="color-scheme" content="light dark"><title>Log in · Rx.Alerting</title>
            <link rel="icon" href="{PageAsset.Icon.Path}" type="image/svg+xml"><link rel="stylesheet" href="{PageAsset.Style.Path}">
            </head><body><main><h1>Log in</h1>

            """);
        if (problem is not null)
            page.Append($"<p role=\"alert\">{HtmlEncoder.Default.Encode(problem)}</p>\n");
        if (hasProvider)
            page.Append($"<p><a href=\"{LoginEndpoints.OidcPath}{query}\">Log in with your account</a></p>\n");
        page.Append($"""
            <form method="post" action="{LoginEndpoints.Path}{query}">
            <p><label for="token">Token</label>
            <input id="token" name="token" type="password" autocomplete="off" spellcheck="false" required></p>
            <p><button>Log in</button></p></form></main></body></html>

            """);
        return Results.Text(
            page.ToString(), "text/html; charset=utf-8", Encoding.UTF8,
            problem is null ? StatusCodes.Status200OK : status);
    }
}
