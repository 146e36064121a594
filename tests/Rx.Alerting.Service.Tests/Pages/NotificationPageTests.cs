using System.Net;
using System.Reactive.Linq;
using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Service.Tests.Access;
using Rx.Alerting.Service.Tests.Notifications;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Service.Tests.Pages;

/// <summary>The page of notifications says who was told of what, what failed and why, and what waits.</summary>
public sealed class NotificationPageTests
{
    private const string Page = "/notifications";

    [Fact]
    public async Task Page_WithoutAChannel_SaysThatNobodyIsTold()
    {
        await using var service = await RunningService.StartAsync(ScriptedSource.Silent);

        Assert.Contains("so nobody is told", (await service.PageAsync(Page)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OfWhatWasTold_LeadsToTheIncident()
    {
        await using var telling = await TellingService.StartAsync(
            200, ("Channels:loud:Kind", "webhook"), ("Channels:loud:Url", "{receiver}"), ("Channels:loud:MinimumSeverity", "alert"));
        await telling.Service.TellAsync(IncidentSamples.Sample("a"));

        var html = await telling.Service.UntilPageSaysAsync(Page, ">told</td>");

        Assert.Contains("href=\"/incidents/a\"", html, StringComparison.Ordinal);
        Assert.Contains("not told: not severe enough for this channel", html, StringComparison.Ordinal);
        Assert.DoesNotContain("notify retry", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OfAReceiverThatRefuses_SaysWhyAndHowToTryAgain()
    {
        await using var telling = await TellingService.StartAsync(403);
        await telling.Service.TellAsync(IncidentSamples.Sample("a"));

        var html = await telling.Service.UntilPageSaysAsync(Page, "not told: the receiver refuses it");

        Assert.Contains("rx-alerting notify retry hook --by YOU", html, StringComparison.Ordinal);
        Assert.Contains("403", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 2)]
    [InlineData("?channel=hook", 1)]
    [InlineData("?fate=told", 1)]
    [InlineData("?fate=left", 1)]
    [InlineData("?fate=failed", 0)]
    [InlineData("?channel=loud&fate=told", 0)]
    [InlineData("?channel=unknown", 0)]
    public async Task Page_Address_SaysWhatIsListed(string query, int expected)
    {
        await using var telling = await TellingService.StartAsync(
            200, ("Channels:loud:Kind", "webhook"), ("Channels:loud:Url", "{receiver}"), ("Channels:loud:MinimumSeverity", "alert"));
        await telling.Service.TellAsync(IncidentSamples.Sample("a"));
        await telling.Service.UntilPageSaysAsync($"{Page}?fate=told", "1 notification, the latest first");

        var (status, html) = await telling.Service.PageAsync($"{Page}{query}");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(expected, html.Split("href=\"/incidents/a\"").Length - 1);
    }

    /// <summary>What is in the channel's own queue was told to nobody, whatever the outbox says.</summary>
    [Fact]
    public async Task Outbox_OfAChannelWhoseReceiverFails_SaysHowManyWaitInItsQueue()
    {
        var view = Observable.Return(TestBatches.Of("p", new TestView(1_764_000_000_000, "shop")));
        await using var telling = await TellingService.StartAsync(500, new ScriptedSource(view.Concat(Observable.Never<ViewBatch>())));
        await telling.Service.TellAsync(IncidentSamples.Sample("a"));
        await telling.Receiver.ArrivalAsync(TestContext.Current.CancellationToken);

        var outbox = PageReader.Text(await telling.Service.UntilPageSaysAsync("/pipeline", "waits in its own queue, 1 after failed"));
        var page = PageReader.Text(await telling.Service.UntilPageSaysAsync(Page, "it fails, and is tried again"));

        Assert.Matches("1 notification waits in its own queue, 1 after failed attempts", outbox);
        Assert.Matches("hook webhook alerts and warnings 0 1 0 0 nothing yet", page);
    }

    [Fact]
    public async Task Banner_OfAChannelThatIsBehind_SaysWhichSinceWhenAndHowManyWait()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var telling = await TellingService.StartAsync(500, clock);
        await telling.Service.TellAsync(IncidentSamples.Sample("a"));
        await telling.Receiver.ArrivalAsync(TestContext.Current.CancellationToken);
        await telling.Service.UntilHealthSaysAsync("hook cannot be told");
        Assert.DoesNotContain("People are not told", (await telling.Service.PageAsync("/")).Html, StringComparison.Ordinal);

        clock.Advance(TimeSpan.FromMinutes(5));

        var text = PageReader.Text(await telling.Service.UntilPageSaysAsync("/", "People are not told by hook"));
        Assert.Contains("1 notification waits, 1 of them after failed attempts, the oldest for 5 min", text, StringComparison.Ordinal);
        Assert.Contains("Not all is well", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_WrongParameter_IsSaid()
    {
        await using var service = await RunningService.StartAsync(ScriptedSource.Silent);

        var (status, html) = await service.PageAsync($"{Page}?fate=lost");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("fate must be one of told, failed, waiting, left", html, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(HostileName.All), MemberType = typeof(HostileName))]
    public async Task Page_OfHostileNames_ShowsThemAsTexts(string name)
    {
        await using var telling = await TellingService.StartAsync(200);
        await telling.Service.TellAsync(IncidentSamples.Sample("a") with { PropertyId = name, VideoId = name, VideoTitle = name });

        HostileName.IsShownAsText(name, await telling.Service.UntilPageSaysAsync(Page, ">told</td>"));
        HostileName.DoesNothing((await telling.Service.PageAsync($"{Page}?channel={Uri.EscapeDataString(name)}")).Html);
    }

    [Fact]
    public async Task Page_OfAReaderOfSomeProperties_HasNothingOfTheOthers()
    {
        await using var telling = await TellingService.StartAsync(403, AccessSettings.Tokens());
        await telling.Service.TellAsync(
            IncidentSamples.Sample("a") with { PropertyId = "mine" }, IncidentSamples.Sample("b") with { PropertyId = "theirs" });
        await telling.Service.UntilPageSaysAsync(Page, "the receiver refuses it", AccessSettings.Reader);

        var text = PageReader.Text((await telling.Service.PageAsync(Page, AccessSettings.Scoped)).Html);

        Assert.Contains("the receiver refuses it", text, StringComparison.Ordinal);
        Assert.Contains("Property mine", text, StringComparison.Ordinal);
        Assert.DoesNotContain("theirs", text, StringComparison.Ordinal);
    }
}
