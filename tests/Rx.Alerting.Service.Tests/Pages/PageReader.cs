using System.Net;
using System.Text.RegularExpressions;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Pages;

/// <summary>Reads pages of a service, as a browser without scripts does.</summary>
internal static partial class PageReader
{
    /// <summary>Asks for a page. The answer must be one.</summary>
    public static async Task<(HttpStatusCode Status, string Html)> PageAsync(
        this RunningService service, string address, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.Relative));
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        using var answer = await service.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Ends when a page says something.</summary>
    public static async Task<string> UntilPageSaysAsync(
        this RunningService service, string address, string text, string? token = null)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            var html = (await service.PageAsync(address, token)).Html;
            if (html.Contains(text, StringComparison.Ordinal))
                return html;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }
    }

    /// <summary>Keys of the rows of a list.</summary>
    public static List<string> Rows(string html) => [.. Keys().Matches(html).Select(match => match.Groups[1].Value)];

    /// <summary>Where a page leads, and what it loads.</summary>
    public static List<string> Links(string html) => [.. Addresses().Matches(html).Select(match => match.Groups[1].Value)];

    /// <summary>The text of a page, without its tags, with single spaces.</summary>
    public static string Text(string html) =>
        Spaces().Replace(WebUtility.HtmlDecode(Tags().Replace(html, " ")), " ").Replace(" ,", ",", StringComparison.Ordinal);

    [GeneratedRegex("<tbody data-key=\"([^\"]*)\"")]
    private static partial Regex Keys();

    [GeneratedRegex("(?:href|src|action)=\"([^\"]*)\"")]
    private static partial Regex Addresses();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
