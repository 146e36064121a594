using Rx.Alerting.Service.Tests.Notifications;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Service.Tests.Forms;

/// <summary>The button that has a channel try again.</summary>
public sealed class RetryFormTests : IAsyncLifetime
{
    private TellingService telling = null!;
    private FormBrowser browser = null!;

    public async ValueTask InitializeAsync()
    {
        telling = await TellingService.StartAsync(403);
        browser = new(telling.Service);
    }

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await telling.DisposeAsync();
    }

    [Fact]
    public async Task Retry_OfAChannelWhoseReceiverIsMended_TellsAndSaysSo()
    {
        await telling.Service.TellAsync(IncidentSamples.Sample("a"));
        await telling.Receiver.ArrivalAsync(TestContext.Current.CancellationToken);
        await telling.Service.UntilHealthSaysAsync("was not told 1 notifications");
        telling.Status = 200;

        var page = await UntilRetryIsOfferedAsync();
        var answer = await browser.SubmitAsync(page, "/notifications/retry", ("by", "ann"));
        await telling.Receiver.ArrivalAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith("/notifications?said=", answer.Location, StringComparison.Ordinal);
        Assert.Contains("1 notifications are tried again", (await browser.GetAsync(answer.Location!)).Text, StringComparison.Ordinal);
    }

    private async Task<Page> UntilRetryIsOfferedAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            var page = await browser.GetAsync("/notifications");
            if (page.Html.Contains("/notifications/retry", StringComparison.Ordinal))
                return page;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }
    }
}
