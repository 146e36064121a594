using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Forms;

/// <summary>A page, or where it leads.</summary>
internal sealed record Page(int Status, string Html, string? Location, string? Cookie)
{
    /// <summary>The text without its tags, with single spaces.</summary>
    public string Text => WebUtility.HtmlDecode(Regex.Replace(Regex.Replace(Html, "<[^>]*>", " "), @"\s+", " "));
}

/// <summary>Reads pages and sends their forms as a browser without scripts does. It keeps cookies, and follows nothing.</summary>
internal sealed partial class FormBrowser : IDisposable
{
    private readonly HttpClient client;

    public FormBrowser(RunningService service, string? token = null)
    {
        var address = service.Client.BaseAddress!;
        client = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = address };
        client.DefaultRequestHeaders.Add("Origin", $"http://{address.Authority}");
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public async Task<Page> GetAsync(string address) => await SendAsync(new(HttpMethod.Get, new Uri(address, UriKind.Relative)));

    /// <summary>Sends a form of a page: what is in it, but with these values.</summary>
    public Task<Page> SubmitAsync(Page page, string action, params (string Name, string Value)[] typed) =>
        PostAsync(action, [.. Fields(page, action).Where(field => typed.All(one => one.Name != field.Name)), .. typed]);

    public async Task<Page> PostAsync(string address, params IEnumerable<(string Name, string Value)> fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await SendAsync(new(HttpMethod.Post, new Uri(address, UriKind.Relative)) { Content = content });
    }

    public async Task<Page> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            var cookie = answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? string.Join("\n", cookies) : null;
            return new((int)answer.StatusCode, html, answer.Headers.Location?.OriginalString, cookie);
        }
    }

    /// <summary>What the only form for an address sends by itself.</summary>
    public static List<(string Name, string Value)> Fields(Page page, string action) => AllFields(page, action).SingleOrDefault()
        ?? throw new InvalidOperationException($"There is no form for {action}: {page.Text}");

    /// <summary>What each form for an address sends by itself, in their order.</summary>
    public static IReadOnlyList<List<(string Name, string Value)>> AllFields(Page page, string action) =>
    [
        .. Forms().Matches(page.Html).Where(form => WebUtility.HtmlDecode(form.Groups[1].Value) == action)
            .Select(form => Hidden().Matches(form.Groups[2].Value)
                .Select(one => (WebUtility.HtmlDecode(one.Groups[1].Value), WebUtility.HtmlDecode(one.Groups[2].Value))).ToList()),
    ];

    public void Dispose() => client.Dispose();

    [GeneratedRegex("<form class=\"act\" method=\"post\" action=\"([^\"]*)\"(.*?)</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}
