using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Forms;
using Rx.Alerting.Service.Tests.Access;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Forms;

/// <summary>Forms are a second way to the commands, with the same rules, and are taken from pages of the service only.</summary>
public sealed class FormAccessTests : IAsyncLifetime
{
    private RunningService service = null!;
    private FormBrowser browser = null!;
    private string id = null!;

    private string Close => $"/incidents/{id}/close";

    public async ValueTask InitializeAsync()
    {
        service = await FailingTitle.StartAsync();
        id = await service.IncidentAsync(AccessSettings.Reader);
        browser = new(service, AccessSettings.Operator);
    }

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await service.DisposeAsync();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("CfDJ8Aforged")]
    public async Task Form_WithoutItsToken_IsRefusedAndNothingIsDone(string? token)
    {
        await browser.GetAsync(Close);

        var answer = await browser.PostAsync(Close, token is null ? [("id", "c")] : [("id", "c"), ("form_token", token)]);

        Assert.Equal(400, answer.Status);
        Assert.Contains("Nothing was done", answer.Text, StringComparison.Ordinal);
        await AssertOpenAsync();
    }

    [Fact]
    public async Task Form_WithTheTokenOfAnotherCaller_IsRefusedAndNothingIsDone()
    {
        using var other = new FormBrowser(service, AccessSettings.Admin);
        await browser.GetAsync(Close);
        var fields = FormBrowser.Fields(await other.GetAsync(Close), Close);

        Assert.Equal(400, (await browser.PostAsync(Close, fields)).Status);
        await AssertOpenAsync();
    }

    [Fact]
    public async Task Form_WithoutItsCookie_IsRefusedAndNothingIsDone()
    {
        var fields = FormBrowser.Fields(await browser.GetAsync(Close), Close);
        using var without = new FormBrowser(service, AccessSettings.Operator);

        Assert.Equal(400, (await without.PostAsync(Close, fields)).Status);
        await AssertOpenAsync();
    }

    [Fact]
    public async Task Form_OfAPageOfAnotherSite_IsForbiddenEvenWithItsToken()
    {
        await using var open = await FailingTitle.StartOpenAsync();
        using var local = new FormBrowser(open);
        var action = $"/incidents/{await open.IncidentAsync()}/close";
        (string Name, string Value)[] own = [.. FormBrowser.Fields(await local.GetAsync(action), action), ("by", "ann")];
        using var content = new FormUrlEncodedContent(own.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(action, UriKind.Relative)) { Content = content };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        var foreign = await local.SendAsync(request);
        var ours = await local.PostAsync(action, own);

        Assert.Equal((403, 303), (foreign.Status, ours.Status));
        Assert.Contains("closed by ann", (await local.GetAsync(ours.Location!)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/incidents/{id}/acknowledge")]
    [InlineData("/incidents/{id}/close")]
    [InlineData("/incidents/{id}/silence")]
    [InlineData("/silences")]
    [InlineData("/silences/maintenance")]
    [InlineData("/silences/end")]
    [InlineData("/silences/end-maintenance")]
    [InlineData("/notifications/retry")]
    public async Task Form_OfAReader_IsForbiddenAsItsCommandIs(string address)
    {
        using var reader = new FormBrowser(service, AccessSettings.Reader);
        var page = await reader.GetAsync($"/incidents/{id}");

        var answer = await reader.PostAsync(address.Replace("{id}", id, StringComparison.Ordinal), ("id", "c"));

        Assert.Equal(403, answer.Status);
        Assert.DoesNotContain("id=\"acts\"", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("method=\"post\"", (await reader.GetAsync("/silences")).Html, StringComparison.Ordinal);
        Assert.Null(page.Cookie);
    }

    [Fact]
    public async Task Forms_OfACallerOfSomeProperties_AreTakenForTheseOnly()
    {
        using var scoped = new FormBrowser(service, AccessSettings.Scoped); // Of property mine, as the incident is.
        var silence = $"/incidents/{id}/silence";
        var token = FormBrowser.Fields(await scoped.GetAsync(silence), silence).Single(field => field.Name == "form_token");
        (string, string)[] common = [token, ("duration", "1h"), ("comment", "why")];

        var own = await scoped.PostAsync("/silences", [.. common, ("id", "a"), ("property", "mine")]);
        var pattern = await scoped.PostAsync("/silences", [.. common, ("id", "b"), ("property", "shop*")]);
        var foreign = await scoped.PostAsync("/silences", [.. common, ("id", "c"), ("property", "theirs")]);
        var all = await scoped.PostAsync("/silences", [.. common, ("id", "d"), ("error_type", "network")]);
        var end = await scoped.PostAsync("/silences/end", token, ("id", "e"), ("silence_id", "a"));
        var unknown = await scoped.PostAsync("/incidents/unknown/close", token, ("id", "f"));

        Assert.Equal(
            (303, 404, 404, 403, 403, 404), (own.Status, pattern.Status, foreign.Status, all.Status, end.Status, unknown.Status));
    }

    [Fact]
    public async Task Form_AsAnotherContentType_IsRefused()
    {
        using var content = new StringContent("""{"id":"c"}""", System.Text.Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Close, UriKind.Relative)) { Content = content };

        Assert.Equal(415, (await browser.SendAsync(request)).Status);
    }

    [Fact]
    public async Task Outcome_IsShownToTheCallerWhoSentTheFormAndOnItsPageOnly()
    {
        var acknowledge = $"/incidents/{id}/acknowledge";
        var sent = await browser.SubmitAsync(await browser.GetAsync(acknowledge), acknowledge, ("return", "//evil.example"));
        using var other = new FormBrowser(service, AccessSettings.Admin);
        var elsewhere = sent.Location!.Replace($"/incidents/{id}", "/silences", StringComparison.Ordinal);

        Assert.StartsWith($"/incidents/{id}?said=", sent.Location, StringComparison.Ordinal);
        Assert.Contains("id=\"outcome\"", (await browser.GetAsync(sent.Location)).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"outcome\"", (await other.GetAsync(sent.Location)).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"outcome\"", (await browser.GetAsync(elsewhere)).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"outcome\"", (await browser.GetAsync("/silences?said=The+CDN+is+fine")).Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://0.0.0.0:8443", "__Host-rx-forms", CookieSecurePolicy.Always)]
    [InlineData("http://127.0.0.1:8080", "rx-forms", CookieSecurePolicy.SameAsRequest)]
    public void Cookie_OfForms_BelongsToThisHostAloneWhereThereIsTls(string address, string name, CookieSecurePolicy policy)
    {
        using var host = new ServiceCollection().AddLogging().AddForms(new Settings(), address).BuildServiceProvider();

        var cookie = host.GetRequiredService<IOptions<AntiforgeryOptions>>().Value.Cookie;

        Assert.Equal((name, policy, "/", true, null), (cookie.Name, cookie.SecurePolicy, cookie.Path, cookie.HttpOnly, cookie.Domain));
    }

    private async Task AssertOpenAsync() => Assert.Equal("open", (await service.ReadAsync(id)).GetProperty("status").GetString());
}
