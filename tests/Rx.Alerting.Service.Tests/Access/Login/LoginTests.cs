using System.Net;
using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Access.Login;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Access.Login;

/// <summary>A browser logs in with a token.</summary>
public sealed class LoginTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Login_WithAToken_LastsUntilTheLogout()
    {
        await using var service = await StartAsync();
        using var browser = new Browser(service);
        var asked = await browser.GetAsync("/?status=all");
        Assert.Equal((HttpStatusCode.Redirect, "/login?return=%2F%3Fstatus%3Dall"), (asked.StatusCode, $"{asked.Headers.Location}"));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"{asked.Headers.Location}")).StatusCode);

        var entered = await browser.PostAsync($"{asked.Headers.Location}", ("token", AccessSettings.Operator));

        Assert.Equal((HttpStatusCode.Redirect, "/?status=all"), (entered.StatusCode, $"{entered.Headers.Location}"));
        var cookie = Assert.Single(entered.Headers.GetValues("Set-Cookie"));
        Assert.Matches("^rx-alerting=[^;]+; path=/; samesite=lax; httponly$", cookie);
        Assert.DoesNotContain(AccessSettings.Operator, cookie, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.CommandAsync("""{"type":"checkpoint"}""")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.CommandAsync("""{"type":"pause"}""")).StatusCode);

        await browser.PostAsync("/logout");

        Assert.Equal(0, browser.Cookies.Count);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/")).StatusCode);
    }

    /// <summary>Other sites can have the browser send the cookie along with a link, and with nothing that changes something.</summary>
    [Fact]
    public async Task Command_OfAPageOfAnotherSite_IsRefusedWithTheCookieToo()
    {
        await using var service = await StartAsync();
        using var browser = new Browser(service);
        await browser.PostAsync("/login", ("token", AccessSettings.Admin));

        Assert.Equal(HttpStatusCode.Forbidden, (await browser.CommandAsync("""{"type":"pause"}""", "https://example.org")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.CommandAsync("""{"type":"pause"}""", "null")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.CommandAsync("""{"type":"pause"}""")).StatusCode);
    }

    [Fact]
    public async Task Login_FromAPageWhoseNameHasABlank_LeadsBackToIt()
    {
        await using var service = await StartAsync();
        using var browser = new Browser(service);
        var asked = await browser.GetAsync("/properties/a%20b");

        var entered = await browser.PostAsync($"{asked.Headers.Location}", ("token", AccessSettings.Operator));

        Assert.Equal("/properties/a%20b", entered.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Login_WithTooManyWrongTokens_IsAPageForPeopleAndAProblemForPrograms()
    {
        await using var service = await StartAsync();
        using var browser = new Browser(service);
        for (var failure = 0; failure < AuthenticationFailures.Most; failure++)
            await browser.PostAsync("/login", ("token", "wrong"));

        var program = await browser.PostAsync("/login", ("token", "wrong"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/login")
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("token", "wrong")]),
        };
        request.Headers.Accept.ParseAdd("text/html");
        request.Headers.Add("Origin", service.Client.BaseAddress!.GetLeftPart(UriPartial.Authority));
        using var person = await service.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((429, 429), ((int)program.StatusCode, (int)person.StatusCode));
        Assert.Equal("application/problem+json", program.Content.Headers.ContentType?.MediaType);
        Assert.Equal("text/html", person.Content.Headers.ContentType?.MediaType);
        Assert.InRange(person.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        var page = await person.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Too many tokens of this address were wrong", page, StringComparison.Ordinal);
        Assert.Contains("name=\"token\"", page, StringComparison.Ordinal);
    }

    /// <summary>Whoever has no token must not fill the log with stack traces.</summary>
    [Theory]
    [InlineData("application/x-www-form-urlencoded", "token=%00", 400)]
    [InlineData("application/x-www-form-urlencoded", "LONG", 400)]
    [InlineData("application/x-www-form-urlencoded", "MANY", 400)]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7", "token=a", 415)]
    [InlineData("application/x-www-form-urlencoded; charset=nothing", "token=a", 415)]
    [InlineData("multipart/form-data", "abc", 415)]
    [InlineData("multipart/form-data; boundary=x", "--x", 415)]
    [InlineData("application/json", "{}", 415)]
    public async Task Login_WithNoFormOfABrowser_IsRefusedClearly(string type, string body, int status)
    {
        await using var service = await StartAsync();
        using var content = new StringContent(body switch
        {
            "LONG" => new string('a', 3000),
            "MANY" => string.Join('&', Enumerable.Range(0, 3000).Select(number => $"a{number}=1")),
            _ => body,
        });
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        using var response = await service.Client.PostAsync(
            new Uri("/login", UriKind.Relative), content, TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("rxa_wrong")]
    [InlineData("")]
    public async Task Login_WithAWrongToken_IsRefusedWithoutACookie(string token)
    {
        await using var service = await StartAsync();
        using var browser = new Browser(service);

        var answer = await browser.PostAsync("/login", ("token", token));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("role=\"alert\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_OfATokenThatEnds_EndsWithIt()
    {
        var (clock, token) = (new FakeTimeProvider(TimeProvider.System.GetUtcNow()), ApiToken.Create());
        await using var service = await StartAsync(
            clock,
            ("Access:Tokens:short:Sha256", Convert.ToHexStringLower(ApiToken.HashOf(token))),
            ("Access:Tokens:short:ExpiresAt", clock.GetUtcNow().AddMinutes(1).ToString("O")));
        using var browser = new Browser(service);
        await browser.PostAsync("/login", ("token", token));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/")).StatusCode);

        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task Login_BehindAProxyWithTls_HasACookieOfThisHostOnly()
    {
        await using var service = await StartAsync(null, ("Access:Proxy:Networks", "127.0.0.1"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/login")
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("token", AccessSettings.Reader)]),
        };
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("Origin", $"https://{service.Client.BaseAddress!.Authority}");
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = service.Client.BaseAddress };

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Matches(
            "^__Host-rx-alerting=[^;]+; path=/; secure; samesite=lax; httponly$", Assert.Single(answer.Headers.GetValues("Set-Cookie")));
    }

    [Fact]
    public async Task Login_WithoutTlsUnderAnotherName_IsRefused()
    {
        await using var service = await StartAsync();

        var answer = await service.AskAsync("/login", null, ("Host", "rx.example.org"));

        Assert.Equal((403, "application/problem+json"), (answer.Status, answer.Type));
        Assert.Contains("TLS", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Api_WithoutACaller_IsNotLedToTheLogin()
    {
        await using var service = await StartAsync();
        using var browser = new Browser(service);

        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/v1/incidents")).StatusCode);
        Assert.Equal(401, (await service.AskAsync("/")).Status);
    }

    /// <summary>A link to the login cannot lead to another site (CVE-2025-4123).</summary>
    [Theory]
    [InlineData("/", "/")]
    [InlineData("/incidents/a?x=1#y", "/incidents/a?x=1#y")]
    [InlineData("/properties/a%20b", "/properties/a%20b")]
    [InlineData("/properties/%C3%9Cber%20uns?q=a%20b", "/properties/%C3%9Cber%20uns?q=a%20b")]
    [InlineData("/properties/a b", "/")]
    [InlineData("/%0D%0A/example.org", "/")]
    [InlineData("/?title=50%25%20off", "/?title=50%25%20off")]
    [InlineData(null, "/")]
    [InlineData("/\u202E", "/")]
    [InlineData("/?q=\u00DCber", "/")]
    [InlineData("", "/")]
    [InlineData("incidents", "/")]
    [InlineData("//example.org", "/")]
    [InlineData("/\\example.org", "/")]
    [InlineData("/%5cexample.org", "/")]
    [InlineData("/%2Fexample.org", "/")]
    [InlineData("/%09/example.org", "/")]
    [InlineData("/\t/example.org", "/")]
    [InlineData("https://example.org/", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/a\r\nSet-Cookie: x=y", "/")]
    public void LocalPath_OfAnything_StaysWithTheService(string? asked, string expected) => Assert.Equal(expected, LocalPath.Of(asked));

    private Task<RunningService> StartAsync(TimeProvider? clock = null, params (string, string)[] settings) =>
        RunningService.StartAsync(ScriptedSource.Silent, new TemporaryFolder(), AccessSettings.WithTokens(folder, settings), clock);
}
