using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Access;

/// <summary>What every answer has, errors above all.</summary>
public sealed class ErrorTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private RunningService service = null!;

    public async ValueTask InitializeAsync() =>
        service = await RunningService.StartAsync(ScriptedSource.Silent, folder, AccessSettings.WithTokens(folder));

    public ValueTask DisposeAsync() => service.DisposeAsync();

    /// <summary>People with a browser get a page for what is no address of programs. No path leads to a file (CVE-2021-43798).</summary>
    [Theory]
    [InlineData("GET", "/nothing", 404, "not-found")]
    [InlineData("GET", "/assets/..%2f..%2fetc%2fpasswd", 404, "not-found")]
    [InlineData("GET", "/assets/%2e%2e/%2e%2e/rx-alerting.dll", 404, "not-found")]
    [InlineData("GET", "/nothing/..%5c..%5cappsettings.json", 404, "not-found")]
    [InlineData("GET", "/api/v1/incidents/..%2f..%2fstate.db", 404, "no-such-incident")]
    [InlineData("GET", "/../../etc/passwd", 404, "not-found")]
    [InlineData("DELETE", "/api/v1/incidents", 405, "wrong-method")]
    [InlineData("GET", "/api/v1/control", 405, "wrong-method")]
    [InlineData("GET", "/api/v1/incidents/none", 404, "no-such-incident")]
    [InlineData("GET", "/api/v1/incidents?limit=x", 400, "wrong-parameters")]
    public async Task Error_OfAReader_IsAProblem(string method, string address, int status, string type)
    {
        var people = address.StartsWith("/api/v1", StringComparison.Ordinal) ? "text/html" : "text/plain";
        foreach (var accept in (string[])[people, "application/json", "*/*"])
        {
            var answer = await service.SendAsync(new(method), address, AccessSettings.Reader, null, ("Accept", accept));

            Assert.Equal((status, "application/problem+json"), (answer.Status, answer.Type));
            Assert.Equal($"urn:rx-alerting:problem:{type}", answer.Body.GetProperty("type").GetString());
            Assert.Equal(status, answer.Body.GetProperty("status").GetInt32());
            Assert.NotEmpty(answer.Body.GetProperty("title").GetString()!);
        }

        Assert.Equal(401, (await service.SendAsync(new(method), address, null, null)).Status);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/")]
    [InlineData("/nothing")]
    public async Task Answer_OfAnyKind_TellsBrowsersWhatItDoesNotNeed(string address)
    {
        foreach (var token in new[] { AccessSettings.Reader, null })
        {
            var answer = await service.AskAsync(address, token, ("Origin", "https://example.org"));
            var headers = answer.Headers.ToDictionary(header => header.Key, header => string.Join(',', header.Value));

            Assert.Equal("nosniff", headers["X-Content-Type-Options"]);
            Assert.Equal("same-origin", headers["Referrer-Policy"]);
            Assert.Contains("frame-ancestors 'none'", headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.DoesNotContain(headers.Keys, name => name.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
            Assert.False(headers.ContainsKey("Server"));
        }
    }
}
