using System.Net;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Access;

/// <summary>Requests that a proxy passes on. The tests come from loopback, as a proxy on the service's machine does.</summary>
public sealed class PassedOnTests : IDisposable
{
    private const string Foreign = "eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmF0dXJl";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>What nginx sends if nobody tells it otherwise: no header of its own, and HTTP/1.0.</summary>
    [Fact]
    public async Task Request_OfHttp10_IsNotOfThisMachine()
    {
        await using var service = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Version = HttpVersion.Version10 };

        using var answer = await service.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("HTTP/1.0", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Proxy_ThatNamesNobody_IsNeverALocalCaller()
    {
        await using var service = await StartAsync(("Access:Local", "admin"), ("Access:Proxy:Networks", "127.0.0.1"));

        Assert.Equal(401, (await service.AskAsync("/api/v1/incidents")).Status);
        Assert.Equal(401, (await service.CommandAsync("""{"by":"mallory","type":"pause"}""")).Status);
    }

    [Fact]
    public async Task Proxy_ThatIsNotConfiguredAndNamesAUser_IsNoLocalCaller()
    {
        await using var service = await StartAsync(
            ("Access:Local", "admin"), ("Access:Proxy:Networks", "10.0.0.0/8"), ("Access:Proxy:UserHeader", "Who"));

        Assert.Equal(401, (await service.AskAsync("/api/v1/incidents", null, ("Who", "ann"))).Status);
        Assert.Equal(200, (await service.AskAsync("/api/v1/incidents")).Status);
    }

    /// <summary>Proxies that log users in may pass the token of their identity provider on.</summary>
    [Fact]
    public async Task Proxy_WithATokenThatIsNotOurs_IsBelievedOfTheUser()
    {
        await using var service = await StartAsync(("Access:Proxy:Networks", "127.0.0.0/8"));

        Assert.Equal(200, (await service.AskAsync("/api/v1/incidents", Foreign, ("X-Forwarded-User", "ann"))).Status);
        Assert.Equal(401, (await service.AskAsync("/api/v1/incidents", Foreign)).Status);
        Assert.Equal(401, (await service.AskAsync("/api/v1/incidents", "rxa_wrong", ("X-Forwarded-User", "ann"))).Status);
    }

    /// <summary>A page of another site that leads its own name to the service (DNS rebinding) reads nothing.</summary>
    [Theory]
    [InlineData("127.0.0.1:8080", 200)]
    [InlineData("localhost", 200)]
    [InlineData("192.0.2.7", 200)]
    [InlineData("[2001:db8::7]:8080", 200)]
    [InlineData("rx-alerting", 200)]
    [InlineData("rx-alerting.monitoring.svc:8080", 200)]
    [InlineData("rx-alerting.monitoring.svc.cluster.local", 200)]
    [InlineData("RX.example.org:443", 200)]
    [InlineData("a.teams.example.org", 200)]
    [InlineData("teams.example.org", 401)]
    [InlineData("rebound.example.com", 401)]
    [InlineData("rx.example.org.example.com", 401)]
    [InlineData("127.0.0.1.example.com", 401)]
    public async Task AnonymousReader_OfAName_MustAskForAnAllowedHost(string host, int expected)
    {
        await using var service = await StartAsync(
            ("Access:Anonymous", "reader"),
            ("Access:Hosts", "rx.example.org,*.teams.example.org"),
            ("Access:Tokens:a:Sha256", Convert.ToHexStringLower(Service.Access.ApiToken.HashOf(AccessSettings.Reader))));

        var answer = await service.AskAsync("/api/v1/incidents", null, ("Host", host));

        Assert.Equal(expected, answer.Status);
        Assert.Equal(expected == 401, answer.Text.Contains("Access:Hosts", StringComparison.Ordinal));
        Assert.Equal(200, (await service.AskAsync("/api/v1/incidents", AccessSettings.Reader, ("Host", host))).Status);
    }

    private Task<RunningService> StartAsync(params (string, string)[] settings) =>
        RunningService.StartAsync(ScriptedSource.Silent, new TemporaryFolder(), AccessSettings.Of(folder, settings));
}
