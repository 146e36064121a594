using Microsoft.AspNetCore.Routing;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Pages;
using Rx.Alerting.Service.Tests.Forms;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Service.Tests.Tries;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Service.Tests.Access;

/// <summary>Walks every address of the service with every role. An address that is not listed here fails the test.</summary>
public sealed partial class EveryAddressTests : IAsyncLifetime
{
    private const string Forgotten = "/forgotten";

    private readonly TemporaryFolder folder = new();
    private RunningService service = null!;

    public async ValueTask InitializeAsync()
    {
        (string, string)[] provider =
        [
            ("Access:Oidc:Authority", "http://127.0.0.1:1"), // Nobody answers there.
            ("Access:Oidc:ClientId", "rx"),
            ("Access:Oidc:Readers", "all"),
        ];
        service = await RunningService.StartAsync(
            FailingTitle.Source, // Maintenance windows need event time.
            folder,
            AccessSettings.WithTokens(folder, provider),
            map: app => app.MapGet(Forgotten, () => "of nobody"));
        await service.ShowAsync(IncidentSamples.Sample("foreign", IncidentStatus.Open) with { PropertyId = "theirs" });
        await service.UntilPropertiesAsync(2);
        string[] silences =
        [
            """{"id":"foreign","type":"silence","property":"theirs","duration":"1h","comment":"c"}""",
            """
            {"id":"window","type":"maintenance","property":"theirs","duration":"1h","cron":"0 3 * * *","time_zone":"UTC","comment":"c"}
            """,
        ];
        foreach (var silence in silences)
            Assert.Contains("done", (await service.CommandAsync(silence, AccessSettings.Admin)).Text, StringComparison.Ordinal);
        service.Tries.Keep(TrySamples.Run("foreign", "theirs"));
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public void Addresses_OfTheService_AreAllListedHere() => Assert.Equal(
        Needed.Keys.Append($"GET {Forgotten}").Order(StringComparer.Ordinal),
        Addresses().Select(one => $"{one.Method} {one.Pattern}").Order(StringComparer.Ordinal));

    [Fact]
    public async Task Addresses_WithoutAToken_AreHealthLoginAndStyleOnly()
    {
        var open = new List<string>();
        foreach (var (method, pattern) in Addresses().Where(one => !PageAsset.All.Any(asset => asset.Path == one.Pattern)))
        {
            if (await StatusAsync(method, pattern, token: null) is not 401)
                open.Add($"{method} {pattern}");
        }

        Assert.Equal(
            [
                "GET /health/live", "GET /health/ready", "GET /health/startup", "GET /login", "GET /login/oidc",
                "HEAD /health/live", "HEAD /health/ready", "HEAD /health/startup", "HEAD /login", "HEAD /login/oidc",
                "POST /login", "POST /logout",
            ],
            open.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Addresses_OfEveryRole_ServeThatRoleAndHigherOnes()
    {
        (string Token, AccessRole Role)[] roles =
        [
            (AccessSettings.Reader, AccessRole.Reader),
            (AccessSettings.Operator, AccessRole.Operator),
            (AccessSettings.Admin, AccessRole.Admin),
        ];
        foreach (var (method, pattern) in Addresses().Where(one => one.Pattern != Forgotten))
        {
            foreach (var (token, role) in roles)
            {
                var status = await StatusAsync(method, pattern, token);
                var isServed = status is not (401 or 403 or 404 or 405);
                Assert.True(isServed == role >= Needed[$"{method} {pattern}"], $"{method} {pattern} answers {role} with {status}");
            }
        }
    }

    /// <summary>Whoever knows a key of others sees nothing by it (CVE-2021-39226).</summary>
    [Fact]
    public async Task Addresses_ThatNameSomethingOfAnotherProperty_AreNotFound()
    {
        foreach (var (method, pattern) in Addresses().Where(one => one.Pattern.Contains("{id}")))
        {
            Assert.Equal(404, await StatusAsync(method, pattern, AccessSettings.Scoped));
            // What is posted here is neither a form, nor a command that an address takes.
            var wrong = pattern.StartsWith("/api/", StringComparison.Ordinal) ? 400 : 415;
            Assert.Equal(method == "POST" ? wrong : 200, await StatusAsync(method, pattern, AccessSettings.Admin));
        }
    }

    [Fact]
    public async Task AddressOfWhichNobodyHasThought_IsClosedToAll()
    {
        Assert.Equal(401, await StatusAsync("GET", Forgotten, token: null));
        Assert.Equal(403, await StatusAsync("GET", Forgotten, AccessSettings.Admin));
    }

    private IEnumerable<(string Method, string Pattern)> Addresses() =>
        from endpoint in service.Endpoints
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select (method, endpoint.RoutePattern.RawText!);

    private async Task<int> StatusAsync(string method, string pattern, string? token)
    {
        var body = method == "POST" ? """{"by":"ann","type":"status"}""" : null;
        var id = pattern.StartsWith("/properties/", StringComparison.Ordinal) ? "theirs"
            : pattern.Contains("/maintenance-windows/", StringComparison.Ordinal) ? "window"
            : "foreign";
        var address = pattern.Replace("{id}", id, StringComparison.Ordinal)
            .Replace("{documentName?}", string.Empty, StringComparison.Ordinal);
        return await service.StatusAsync(new(method), address, token, body);
    }
}
