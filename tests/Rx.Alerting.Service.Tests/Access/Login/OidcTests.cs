using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Service.Access.Login;
using Rx.Alerting.Service.Control;
using Rx.Alerting.Service.Tests.CommandLine;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Access.Login;

/// <summary>Users log in at an identity provider, which may be away.</summary>
public sealed class OidcTests : IAsyncLifetime
{
    private const string Incidents = "/api/v1/incidents";

    private readonly TemporaryFolder folder = new();
    private OidcServer server = null!;
    private RunningService service = null!;

    public async ValueTask InitializeAsync()
    {
        server = await OidcServer.StartAsync();
        service = await RunningService.StartAsync(ScriptedSource.Silent, folder, OidcSettings.Of(folder, server));
    }

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Login_OfAUserWithARole_LeadsBackAndIsToldUnderNameAndSubject()
    {
        using var browser = new Browser(service, follows: true);
        server.User["roles"] = new[] { "support", "owner" };

        var page = await browser.GetAsync("/login/oidc?return=%2F%3Fstatus%3Dall");
        await browser.CommandAsync("""{"type":"pause"}""");

        Assert.Equal((HttpStatusCode.OK, "/?status=all"), (page.StatusCode, page.RequestMessage!.RequestUri!.PathAndQuery));
        var answer = await service.CommandAsync("""{"type":"status"}""", AccessSettings.Reader);
        var status = ControlJson.Read(Encoding.UTF8.GetBytes(answer.Text))!;
        Assert.Equal("ann (248289761001)", Assert.Single(status.Pipelines).Paused?.By);
    }

    /// <summary>An address that nobody has verified is neither an identity nor a role.</summary>
    [Fact]
    public async Task Login_OfAUserWithoutARole_IsForbiddenWhateverItsAddress()
    {
        using var browser = new Browser(service, follows: true);
        server.User.Remove("roles");
        (server.User["email"], server.User["email_verified"]) = ("owner", false);

        var page = await browser.GetAsync("/login/oidc?return=/");

        Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);
        var text = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("ann (248289761001)", text, StringComparison.Ordinal);
    }

    /// <summary>Else the login would hold for hours, and nobody else could log in with that browser.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Logout_OfAUserWithoutARole_IsOnThePageThatRefuses(bool isHostile)
    {
        using var browser = new Browser(service, follows: true);
        server.User.Remove("roles");
        if (isHostile)
            server.User["preferred_username"] = "<script>alert(1)</script>";

        var refused = await browser.GetAsync("/login/oidc?return=/", ("Accept", "text/html"));
        var html = await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var left = await browser.PostAsync("/logout");
        var after = await browser.GetAsync("/");

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("<form method=\"post\" action=\"/logout\"><button>Log out ", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.Equal("/login", left.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal("/login", after.RequestMessage!.RequestUri!.AbsolutePath);
    }

    /// <summary>Whoever takes over an address takes over nobody (CVE-2023-3128): a user is an issuer and a subject.</summary>
    [Fact]
    public async Task Login_OfAnotherSubjectWithTheSameAddressAndName_IsAnotherUser()
    {
        using var ann = new Browser(service, follows: true);
        using var mallory = new Browser(service, follows: true);
        server.User["roles"] = new[] { "owner" };
        (server.User["email"], server.User["email_verified"]) = ("ann@example.org", true);
        await ann.GetAsync("/login/oidc?return=/");
        (server.User["sub"], server.User["email_verified"]) = ("666", false);
        await mallory.GetAsync("/login/oidc?return=/");

        await mallory.CommandAsync("""{"type":"pause"}""");

        var answer = await service.CommandAsync("""{"type":"status"}""", AccessSettings.Reader);
        var by = Assert.Single(ControlJson.Read(Encoding.UTF8.GetBytes(answer.Text))!.Pipelines).Paused?.By;
        Assert.EndsWith("(666)", by, StringComparison.Ordinal);
        Assert.DoesNotContain("example.org", by, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Login_ThatSomebodyElseHasBegun_IsRefused()
    {
        using var victim = new Browser(service, follows: true);

        var page = await victim.GetAsync("/login/callback?code=of-another&state=of-another");

        Assert.Equal(HttpStatusCode.Unauthorized, page.StatusCode);
        Assert.Equal(0, victim.Cookies.Count);
    }

    [Fact]
    public async Task Login_WhoseProviderGoesAwayMeanwhile_FailsAndCanBeBegunAgain()
    {
        using var browser = new Browser(service);
        var asked = await browser.GetAsync("/login/oidc?return=/");
        var allowed = await browser.GetAsync($"{asked.Headers.Location}");
        await server.StopAsync();

        var answer = await browser.GetAsync($"{allowed.Headers.Location}");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("urn:rx-alerting:problem:login-failed", text, StringComparison.Ordinal);
        await server.BeginAsync();
        using var again = new Browser(service, follows: true);
        Assert.Equal(HttpStatusCode.OK, (await again.GetAsync("/login/oidc?return=/")).StatusCode);
    }

    [Fact]
    public async Task Provider_WithANewKey_IsAskedForItButNotOftener()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        using var other = new TemporaryFolder();
        await using var rotating = await RunningService.StartAsync(
            ScriptedSource.Silent, new TemporaryFolder(), OidcSettings.Of(other, server), clock);
        var old = server.AccessToken();
        Assert.Equal(200, (await rotating.AskAsync(Incidents, old)).Status);

        server.RotateKey();
        Assert.Equal(401, (await rotating.AskAsync(Incidents, server.AccessToken())).Status); // It was asked a moment ago.
        clock.Advance(OidcProvider.Pause);

        Assert.Equal(200, (await rotating.AskAsync(Incidents, server.AccessToken())).Status);
        Assert.Equal(401, (await rotating.AskAsync(Incidents, old)).Status);
    }

    [Fact]
    public async Task Provider_ThatIsAwayAtTheStart_HoldsNobodyElseUp()
    {
        await server.StopAsync();
        using var other = new TemporaryFolder();
        await using var late = await RunningService.StartAsync(
            ScriptedSource.Silent, new TemporaryFolder(), OidcSettings.Of(other, server));
        var token = server.AccessToken();

        Assert.Equal(503, (await late.AskAsync(Incidents, token)).Status);
        Assert.Equal(503, (await late.AskAsync("/login/oidc")).Status);
        Assert.Equal(200, (await late.AskAsync("/login")).Status);
        Assert.Equal(200, (await late.AskAsync(Incidents, AccessSettings.Reader)).Status);

        await server.BeginAsync();
        await late.UntilStatusAsync(Incidents, token, 200);
    }

    [Fact]
    public async Task Provider_ThatGoesAway_IsKnownAsBefore()
    {
        Assert.Equal(200, (await service.AskAsync(Incidents, server.AccessToken())).Status);

        await server.StopAsync();

        Assert.Equal(200, (await service.AskAsync(Incidents, server.AccessToken())).Status);
        server.RotateKey();
        Assert.Equal(401, (await service.AskAsync(Incidents, server.AccessToken())).Status);
        Assert.Equal(200, (await service.AskAsync(Incidents, AccessSettings.Reader)).Status);
        await server.BeginAsync();
    }

    [Theory]
    [InlineData("Access:Oidc:Authority=http://login.example.org", "Access:Oidc:Authority must be the address of an issuer with https")]
    [InlineData("Access:Oidc:Authority=https://login.example.org", "Access:Oidc:ClientId must be given")]
    [InlineData("Access:Oidc:Authority=https://u:p@login.example.org", "Access:Oidc:Authority must be the address of an issuer with https")]
    [InlineData("Access:Oidc:Scopes=email", "Access:Oidc:Scopes must have openid")]
    [InlineData("Access:Oidc:RoleClaim=email", "Access:Oidc:RoleClaim is email")]
    public async Task Options_Wrong_AreNamed(string option, string expected)
    {
        var run = await CommandRun.OfAsync("options", "--set", "Access:Oidc:Authority=https://login.example.org", "--set", option);

        run.Expect(2);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }
}
