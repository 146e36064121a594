using Rx.Alerting.Service.Tests.Access;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Pages;

/// <summary>What is wrong is a page for people with a browser, and a problem document for programs.</summary>
public sealed class ProblemPageTests : IAsyncLifetime
{
    /// <summary>As a browser sends it.</summary>
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    private readonly TemporaryFolder folder = new();
    private RunningService service = null!;

    public async ValueTask InitializeAsync() =>
        service = await RunningService.StartAsync(ScriptedSource.Silent, folder, AccessSettings.WithTokens(folder));

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task UnknownAddress_OfABrowser_IsAPageThatLeadsOn()
    {
        var answer = await AskAsync("/incidentz", AccessSettings.Reader, Browser);

        Assert.Equal((404, "text/html"), (answer.Status, answer.Type));
        Assert.Contains("There is nothing at this address.", answer.Text, StringComparison.Ordinal);
        HashSet<string> places = ["/", "/silences", "/properties", "/notifications", "/pipeline", "/try"];
        Assert.Superset(places, PageReader.Links(answer.Text).ToHashSet());
        Assert.Contains("Accept", answer.Headers.Vary);
    }

    [Theory]
    [InlineData("/incidentz", "application/json")]
    [InlineData("/incidentz", "*/*")]
    [InlineData("/incidentz", "")]
    [InlineData("/incidentz", "text/html;q=0, */*")]
    [InlineData("/api/v1/nothing", Browser)]
    [InlineData("/openapi/v9.json", Browser)]
    public async Task UnknownAddress_OfAProgramOrOfTheApi_IsAProblemDocument(string address, string accept)
    {
        var answer = await AskAsync(address, AccessSettings.Reader, accept);

        Assert.Equal((404, "application/problem+json"), (answer.Status, answer.Type));
        Assert.Equal("urn:rx-alerting:problem:not-found", answer.Body.GetProperty("type").GetString());
    }

    [Fact]
    public async Task Refusal_OfACallerWithoutRights_LeadsToTheLoginOnly()
    {
        var answer = await AskAsync("/", null, Browser);

        Assert.Equal((401, "text/html"), (answer.Status, answer.Type));
        var ways = PageReader.Links(answer.Text).Where(link => !link.StartsWith("/assets/", StringComparison.Ordinal));
        Assert.Equal(["/login"], ways);
        Assert.Contains(answer.Headers.WwwAuthenticate, one => one.Scheme == "Bearer");
    }

    [Theory]
    [MemberData(nameof(HostileName.All), MemberType = typeof(HostileName))]
    public async Task Page_OfAHostileAddress_DoesNothing(string name)
    {
        var escaped = Uri.EscapeDataString(name);
        var answer = await AskAsync($"/nothing/{escaped}?tz={escaped}", AccessSettings.Reader, Browser);

        Assert.Equal(404, answer.Status);
        HostileName.DoesNothing(answer.Text);
    }

    private Task<Answer> AskAsync(string address, string? token, string accept) =>
        service.AskAsync(address, token, accept.Length == 0 ? [] : [("Accept", accept)]);
}
