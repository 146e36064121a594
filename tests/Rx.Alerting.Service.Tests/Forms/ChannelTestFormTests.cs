using Rx.Alerting.Service.Tests.Access;
using Rx.Alerting.Service.Tests.Notifications;

namespace Rx.Alerting.Service.Tests.Forms;

/// <summary>The button that has a channel send a test.</summary>
public sealed class ChannelTestFormTests
{
    private const string Page = "/notifications", Test = "/notifications/test";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Test_OfAReceiverThatTakesIt_IsMarkedAndShownAndNoted()
    {
        await using var telling = await TellingService.StartAsync(200);
        using var browser = new FormBrowser(telling.Service);

        var answer = await browser.SubmitAsync(await browser.GetAsync(Page), Test, ("by", "ann"));

        Assert.StartsWith("/notifications?said=", answer.Location, StringComparison.Ordinal);
        var text = (await browser.GetAsync(answer.Location!)).Text;
        Assert.Contains("hook has taken the test (opened: delivered; closed: delivered).", text, StringComparison.Ordinal);
        Assert.Equal(2, telling.Receiver.Requests.Count);
        Assert.All(telling.Receiver.Requests, sent =>
            Assert.Contains("This is a test of a channel. Nothing is wrong.", sent.Body, StringComparison.Ordinal));
        Assert.Matches("test-notifications ann done: hook: opened: delivered", (await browser.GetAsync("/pipeline")).Text);
    }

    [Fact]
    public async Task Test_OfAReceiverThatRefuses_SaysWhatItAnswers()
    {
        await using var telling = await TellingService.StartAsync(403);
        using var browser = new FormBrowser(telling.Service);

        var answer = await browser.SubmitAsync(await browser.GetAsync(Page), Test, ("by", "ann"));

        var text = (await browser.GetAsync(answer.Location!)).Text;
        Assert.Contains("hook has not taken the test (opened: refused:", text, StringComparison.Ordinal);
        Assert.Contains("403", text, StringComparison.Ordinal);
        Assert.Single(telling.Receiver.Requests);
    }

    [Fact]
    public async Task Test_ThatIsSentTwice_TellsPeopleOnce()
    {
        await using var telling = await TellingService.StartAsync(200);
        using var browser = new FormBrowser(telling.Service);
        var page = await browser.GetAsync(Page);
        await browser.SubmitAsync(page, Test, ("by", "ann"));

        var again = await browser.SubmitAsync(page, Test, ("by", "ann"));

        Assert.Equal(429, again.Status);
        Assert.Contains("hook was tested a moment ago", again.Text, StringComparison.Ordinal);
        Assert.Equal(2, telling.Receiver.Requests.Count);
    }

    [Fact]
    public async Task Test_WithoutANameOrAChannel_IsRefused()
    {
        await using var telling = await TellingService.StartAsync(200);
        using var browser = new FormBrowser(telling.Service);
        var page = await browser.GetAsync(Page);

        var nobody = await browser.SubmitAsync(page, Test);
        var unknown = await browser.SubmitAsync(page, Test, ("by", "ann"), ("channel", "<b>"));

        Assert.Equal((400, 400), (nobody.Status, unknown.Status));
        Assert.Contains("“Your name” must be given.", nobody.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", unknown.Html, StringComparison.Ordinal);
        Assert.Empty(telling.Receiver.Requests);
    }

    /// <summary>A channel is for all properties, and a test is a message to people.</summary>
    [Fact]
    public async Task Test_OfAReaderOrOfACallerOfSomeProperties_IsNeitherOfferedNorTaken()
    {
        await using var telling = await TellingService.StartAsync(200, AccessSettings.Tokens());
        using var operating = new FormBrowser(telling.Service, AccessSettings.Operator);
        using var scoped = new FormBrowser(telling.Service, AccessSettings.Scoped);
        using var reading = new FormBrowser(telling.Service, AccessSettings.Reader);
        Assert.Contains(Test, (await operating.GetAsync(Page)).Html, StringComparison.Ordinal);

        var draft = await scoped.GetAsync("/silences?preview=yes&property=mine&starts_at=2030-01-01T00:00&duration=1h&comment=c");
        var token = FormBrowser.Fields(draft, "/silences").Single(field => field.Name == "form_token");
        var forged = await scoped.PostAsync(Test, token, ("channel", "hook"));
        var read = await reading.PostAsync(Test, ("channel", "hook"));

        Assert.Equal((403, 403), (forged.Status, read.Status));
        Assert.DoesNotContain(Test, (await scoped.GetAsync(Page)).Html, StringComparison.Ordinal);
        Assert.DoesNotContain(Test, (await reading.GetAsync(Page)).Html, StringComparison.Ordinal);
        Assert.Empty(telling.Receiver.Requests);
    }
}
