using Rx.Alerting.Service.Tests.Forms;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing.Incidents;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Service.Tests.Access;

/// <summary>
/// An address that somebody sends, or that comes with the stream, is a text: the service asks nobody there (SSRF). Whom it tells, and who
/// logs users in, is configured, and no command changes it (CVE-2026-21724).
/// </summary>
public sealed class NothingFetchedTests : IAsyncLifetime
{
    private readonly ScriptedHttpServer inner = new(_ => new ScriptedAnswer(200));
    private RunningService service = null!;
    private string id = null!;

    public async ValueTask InitializeAsync()
    {
        service = await FailingTitle.StartAsync();
        id = await service.IncidentAsync(AccessSettings.Reader);
    }

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        inner.Dispose();
    }

    [Fact]
    public async Task Address_InWhateverAUserSends_IsNeverAsked()
    {
        var url = $"{inner.Address}secret";
        var escaped = Uri.EscapeDataString(url);
        using var browser = new FormBrowser(service, AccessSettings.Admin);
        var page = await browser.GetAsync($"/incidents/{id}");
        await browser.SubmitAsync(page, $"/incidents/{id}/acknowledge", ("note", url));
        await browser.SubmitAsync(page, $"/incidents/{id}/silence", ("for", "1h"), ("comment", $"<img src={url}>"));
        await service.ShowAsync(IncidentSamples.Sample("named") with
        {
            PropertyId = url,
            VideoId = url,
            VideoTitle = url,
            ErrorType = url,
            ErrorDescription = $"see {url}",
        });
        (string, string)[] headers = [("Referer", url), ("Forwarded", $"host={inner.Address.Authority}"), ("X-Callback-Url", url)];
        string[] addresses =
        [
            "/", "/incidents/named", $"/incidents/{id}", "/silences",
            $"/silences?preview=yes&property={escaped}&duration=1h&comment={escaped}",
            $"/properties/-?name={escaped}", $"/?q={escaped}&tz={escaped}", $"/notifications?channel={escaped}", $"/login?return={escaped}",
            "/api/v1/incidents/named", $"/api/v1/titles?property_id={escaped}", $"/api/v1/events?lastEventId={escaped}",
        ];
        foreach (var address in addresses)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Authorization = new("Bearer", AccessSettings.Admin);
            foreach (var (name, value) in headers)
                request.Headers.TryAddWithoutValidation(name, value);
            using var answer = await service.Client.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            Assert.True((int)answer.StatusCode < 500, $"{address} answers {answer.StatusCode}");
        }

        Assert.Empty(inner.Requests);
        Assert.Equal(0, inner.Unanswered);
    }

    [Theory]
    [InlineData("Channels:hook:Url")]
    [InlineData("Channels:hook:Kind")]
    [InlineData("Access:Oidc:Authority")]
    [InlineData("Access:Anonymous")]
    [InlineData("Notifications:PublicUrl")]
    [InlineData("Telemetry:Otlp:Endpoint")]
    [InlineData("S3:Endpoint")]
    public async Task Command_ThatSetsAnAddressOrAnAccess_IsRefused(string option)
    {
        var answer = await service.CommandAsync(
            $$"""{"type":"set-options","options":{"{{option}}":"{{inner.Address}}"} }""", AccessSettings.Admin);

        Assert.Equal(400, answer.Status);
        Assert.Contains(option, answer.Text, StringComparison.Ordinal);
        Assert.Empty(inner.Requests);
    }
}
