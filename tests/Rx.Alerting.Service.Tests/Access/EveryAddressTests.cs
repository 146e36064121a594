using Microsoft.AspNetCore.Routing;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Pages;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Service.Tests.Tries;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Service.Tests.Access;

/// <summary>Walks every address of the service with every role. An address that is not listed here fails the test.</summary>
public sealed class EveryAddressTests : IAsyncLifetime
{
    private const string Forgotten = "/forgotten";

    /// <summary>The least role for each method and address; none: open to all.</summary>
    private static readonly Dictionary<string, AccessRole> Needed = new(
        from asset in PageAsset.All
        from method in (string[])["GET", "HEAD"]
        select KeyValuePair.Create($"{method} {asset.Path}", AccessRole.None))
    {
        ["GET /"] = AccessRole.Reader,
        ["GET /api/v1/incidents"] = AccessRole.Reader,
        ["GET /api/v1/properties"] = AccessRole.Reader,
        ["GET /api/v1/titles"] = AccessRole.Reader,
        ["GET /api/v1/error-rates"] = AccessRole.Reader,
        ["GET /api/v1/incidents/{id}"] = AccessRole.Reader,
        ["GET /openapi/v1.json"] = AccessRole.Reader,
        ["GET /api/{documentName?}"] = AccessRole.Reader,
        ["GET /api/favicon.svg"] = AccessRole.Reader,
        ["GET /api/scalar.js"] = AccessRole.Reader,
        ["GET /api/scalar.aspnetcore.js"] = AccessRole.Reader,
        ["GET /api/v1/events"] = AccessRole.Reader,
        ["GET /incidents/{id}"] = AccessRole.Reader,
        ["GET /notifications"] = AccessRole.Reader,
        ["GET /pipeline"] = AccessRole.Reader,
        ["GET /properties"] = AccessRole.Reader,
        ["GET /properties/{id}"] = AccessRole.Reader,
        ["GET /try"] = AccessRole.Reader,
        ["GET /try/{id}"] = AccessRole.Reader,
        ["HEAD /try"] = AccessRole.Reader,
        ["HEAD /try/{id}"] = AccessRole.Reader,
        ["POST /try"] = AccessRole.Operator,
        ["POST /try/{id}/cancel"] = AccessRole.Operator,
        ["GET /login"] = AccessRole.None,
        ["POST /login"] = AccessRole.None,
        ["GET /login/oidc"] = AccessRole.None,
        ["POST /logout"] = AccessRole.None,
        ["GET /health/startup"] = AccessRole.None,
        ["GET /health/live"] = AccessRole.None,
        ["GET /health/ready"] = AccessRole.None,
        ["HEAD /"] = AccessRole.Reader,
        ["HEAD /api/v1/incidents"] = AccessRole.Reader,
        ["HEAD /api/v1/properties"] = AccessRole.Reader,
        ["HEAD /api/v1/titles"] = AccessRole.Reader,
        ["HEAD /api/v1/error-rates"] = AccessRole.Reader,
        ["HEAD /api/v1/incidents/{id}"] = AccessRole.Reader,
        ["HEAD /incidents/{id}"] = AccessRole.Reader,
        ["HEAD /notifications"] = AccessRole.Reader,
        ["HEAD /pipeline"] = AccessRole.Reader,
        ["HEAD /properties"] = AccessRole.Reader,
        ["HEAD /properties/{id}"] = AccessRole.Reader,
        ["HEAD /health/startup"] = AccessRole.None,
        ["HEAD /health/live"] = AccessRole.None,
        ["HEAD /health/ready"] = AccessRole.None,
        ["GET /incidents/{id}/acknowledge"] = AccessRole.Operator,
        ["GET /incidents/{id}/close"] = AccessRole.Operator,
        ["GET /incidents/{id}/silence"] = AccessRole.Operator,
        ["GET /silences"] = AccessRole.Reader,
        ["HEAD /incidents/{id}/acknowledge"] = AccessRole.Operator,
        ["HEAD /incidents/{id}/close"] = AccessRole.Operator,
        ["HEAD /incidents/{id}/silence"] = AccessRole.Operator,
        ["HEAD /silences"] = AccessRole.Reader,
        ["POST /incidents/{id}/acknowledge"] = AccessRole.Operator,
        ["POST /incidents/{id}/close"] = AccessRole.Operator,
        ["POST /incidents/{id}/silence"] = AccessRole.Operator,
        ["POST /notifications/retry"] = AccessRole.Operator,
        ["POST /silences"] = AccessRole.Operator,
        ["POST /silences/end"] = AccessRole.Operator,
        ["POST /silences/end-maintenance"] = AccessRole.Operator,
        ["POST /silences/maintenance"] = AccessRole.Operator,
        ["POST /api/v1/control"] = AccessRole.Reader, // To ask for the status: CommandAccessTests has the other commands.
    };

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
            ScriptedSource.Silent,
            folder,
            AccessSettings.WithTokens(folder, provider),
            map: app => app.MapGet(Forgotten, () => "of nobody"));
        await service.ShowAsync(IncidentSamples.Sample("foreign", IncidentStatus.Open) with { PropertyId = "theirs" });
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
                "HEAD /health/live", "HEAD /health/ready", "HEAD /health/startup",
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

    [Fact]
    public async Task Addresses_ThatNameSomethingOfAnotherProperty_AreNotFound()
    {
        foreach (var (method, pattern) in Addresses().Where(one => one.Pattern.Contains("{id}")))
        {
            Assert.Equal(404, await StatusAsync(method, pattern, AccessSettings.Scoped));
            // What is posted here is no form.
            Assert.Equal(method == "POST" ? 415 : 200, await StatusAsync(method, pattern, AccessSettings.Admin));
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
        var id = pattern.StartsWith("/properties/", StringComparison.Ordinal) ? "theirs" : "foreign";
        var address = pattern.Replace("{id}", id, StringComparison.Ordinal)
            .Replace("{documentName?}", string.Empty, StringComparison.Ordinal);
        return await service.StatusAsync(new(method), address, token, body);
    }
}
