using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Stores;
using Rx.Alerting.Service.Tests.Access;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Service.Tests.Forms;

/// <summary>Forms need keys of the store. Without them, pages are shown all the same, and nothing is done.</summary>
public sealed class AbsentStoreTests
{
    /// <summary>An empty list would say that nothing is silenced.</summary>
    [Theory]
    [InlineData("/api/v1/silences")]
    [InlineData("/api/v1/silences/s")]
    [InlineData("/api/v1/silences?format=csv")]
    [InlineData("/api/v1/maintenance-windows")]
    [InlineData("/api/v1/maintenance-windows/w")]
    public async Task Silences_OfAServiceWhoseStoreHasNeverAnswered_AreNotKnown(string address)
    {
        var service = await StartAsync();

        var answer = await service.AskAsync(address);

        Assert.Equal((503, "application/problem+json"), (answer.Status, answer.Type));
        Assert.Equal("urn:rx-alerting:problem:not-now", answer.Body.GetProperty("type").GetString());
        await service.AbandonAsync();
    }

    [Fact]
    public async Task Pages_OfAServiceWhoseStoreHasNeverAnswered_AreShownWithoutForms()
    {
        var service = await StartAsync();
        using var browser = new FormBrowser(service);

        var page = await browser.GetAsync("/silences?preview=yes&property=p&duration=1h&comment=c&by=ann");
        var sent = await browser.PostAsync("/silences", ("form_token", "CfDJ8A"), ("property", "p"));

        Assert.Equal((200, 503), (page.Status, sent.Status));
        Assert.Contains("as the store does not answer", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("method=\"post\"", page.Html, StringComparison.Ordinal);
        Assert.Contains("Nothing was done", sent.Text, StringComparison.Ordinal);
        await service.AbandonAsync();
    }

    private static Task<RunningService> StartAsync()
    {
        var settings = new Settings
        {
            Store = new() { Kind = StoreKind.Redis },
            Redis = new() { Configuration = $"127.0.0.1:{FreePort.Find()}" },
        };
        return RunningService.StartAsync(ScriptedSource.Silent, new TemporaryFolder(), settings);
    }
}
