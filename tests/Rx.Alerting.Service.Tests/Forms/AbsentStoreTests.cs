using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Stores;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Service.Tests.Forms;

/// <summary>Forms need keys of the store. Without them, pages are shown all the same, and nothing is done.</summary>
public sealed class AbsentStoreTests
{
    [Fact]
    public async Task Pages_OfAServiceWhoseStoreHasNeverAnswered_AreShownWithoutForms()
    {
        var settings = new Settings
        {
            Store = new() { Kind = StoreKind.Redis },
            Redis = new() { Configuration = $"127.0.0.1:{FreePort.Find()}" },
        };
        var service = await RunningService.StartAsync(ScriptedSource.Silent, new TemporaryFolder(), settings);
        using var browser = new FormBrowser(service);

        var page = await browser.GetAsync("/silences?preview=yes&property=p&duration=1h&comment=c&by=ann");
        var sent = await browser.PostAsync("/silences", ("form_token", "CfDJ8A"), ("property", "p"));

        Assert.Equal((200, 503), (page.Status, sent.Status));
        Assert.Contains("as the store does not answer", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("method=\"post\"", page.Html, StringComparison.Ordinal);
        Assert.Contains("Nothing was done", sent.Text, StringComparison.Ordinal);
        await service.AbandonAsync();
    }
}
