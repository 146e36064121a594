using Rx.Alerting.Service.Tests.Access;
using Rx.Alerting.Service.Tests.Forms;
using Rx.Alerting.Service.Tests.Pages;

namespace Rx.Alerting.Service.Tests.Tries;

/// <summary>The page is for those who may see the property, its form for operators, and one run goes on at a time.</summary>
public sealed class TryPageTests
{
    private const string Some = "Detection:MinimumRatio=3";

    [Theory]
    [InlineData("Detection:MinimumRatoi=3", "there is no option Detection:MinimumRatoi; did you mean Detection:MinimumRatio?")]
    [InlineData("Channels:ops:Form=a", "there is no option Channels:ops:Form; the table below has what can be tried")]
    [InlineData("Kafka:Topics=other", "there is no option Kafka:Topics; the table below has what can be tried")]
    [InlineData("MinimumRatoi=3", "there is no option MinimumRatoi; did you mean Detection:MinimumRatio?")]
    [InlineData("Detection:MinimumRatio=many", "Detection:MinimumRatio is “many”, must be a number")]
    [InlineData("Detection:MinimumRatio=0", "Detection:MinimumRatio is 0, must be from 1 to 100")]
    [InlineData("Baseline:MaximumOverdispersion=0", "must not be less than MinimumOverdispersion")]
    [InlineData("Kafka:Topic=other", "Kafka:Topic cannot be tried")]
    [InlineData("Access:Anonymous=all", "Access:Anonymous cannot be tried")]
    [InlineData("Detection:MinimumRatio", "must be Key=Value")]
    [InlineData("=3", "must be Key=Value")]
    [InlineData("", "has 0 options, must have 1 to 50")]
    [InlineData("detection:minimumratio=2\nDetection:MinimumRatio=3", "Detection:MinimumRatio is given twice")]
    [InlineData("Detection:MinimumRatio=1.5", "say what is in force already")]
    public async Task Form_WithWrongOptions_SaysWhatTheConfigurationWouldSay(string options, string fault)
    {
        await using var service = await TrySamples.HangAsync();
        using var browser = new FormBrowser(service);

        var page = await browser.TryAsync("mine", options);

        Assert.Equal(400, page.Status);
        Assert.Contains(fault, page.Text, StringComparison.Ordinal);
        Assert.Empty(service.Tries.Latest);
    }

    [Theory]
    [InlineData("last", "")]
    [InlineData("last", "soon")]
    [InlineData("last", "0s")]
    [InlineData("last", "32d")]
    [InlineData("learning", "-1d")]
    [InlineData("property", "")]
    [InlineData("by", "")]
    public async Task Form_WithAWrongField_SaysSoAndKeepsWhatWasTyped(string field, string value)
    {
        await using var service = await TrySamples.HangAsync();
        using var browser = new FormBrowser(service);

        var page = await browser.TryAsync("mine", Some, (field, value));

        Assert.Equal(400, page.Status);
        Assert.Contains($"id=\"try-{field}-fault\"", page.Html, StringComparison.Ordinal);
        Assert.Contains(Some, page.Html, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(HostileName.All), MemberType = typeof(HostileName))]
    public async Task Pages_OfAnyText_ShowItAsText(string name)
    {
        await using var service = await TrySamples.HangAsync();
        using var browser = new FormBrowser(service);

        HostileName.DoesNothing((await browser.TryAsync(name, name)).Html);
        HostileName.DoesNothing((await browser.GetAsync($"{TrySamples.Path}?property={Uri.EscapeDataString(name)}&options=a%0Db")).Html);
        var begun = await browser.TryAsync(name, Some, ("by", name[..Math.Min(name.Length, 100)]));

        HostileName.IsShownAsText(name, (await browser.GetAsync(begun.Location!)).Html);
        HostileName.IsShownAsText(name, (await browser.GetAsync(TrySamples.Path)).Html);
    }

    [Fact]
    public async Task Form_SentTwice_BeginsOneRun()
    {
        await using var service = await TrySamples.HangAsync();
        using var browser = new FormBrowser(service);
        var id = Guid.NewGuid().ToString();

        var first = await browser.TryAsync("mine", Some, ("id", id));
        var second = await browser.TryAsync("mine", Some, ("id", id));

        Assert.Equal((303, 303, first.Location), (first.Status, second.Status, second.Location));
        Assert.Single(service.Tries.Latest);
    }

    [Fact]
    public async Task Run_WhileAnotherOneIsUnderWay_DoesNotBegin()
    {
        await using var service = await TrySamples.HangAsync();
        using var browser = new FormBrowser(service);
        var first = await browser.TryAsync("mine", Some);

        var second = await browser.TryAsync("theirs", Some);

        Assert.Equal((303, 409), (first.Status, second.Status));
        Assert.Contains("another run is under way", second.Text, StringComparison.Ordinal);
        Assert.Contains("http-equiv=\"refresh\"", (await browser.GetAsync(first.Location!)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_EndsTheRunAndItsReading()
    {
        var ended = new TaskCompletionSource();
        await using var service = await TrySamples.HangAsync(ended: () => ended.TrySetResult());
        using var browser = new FormBrowser(service);
        var run = (await browser.TryAsync("mine", Some)).Location!;

        var sent = await browser.SubmitAsync(await browser.GetAsync(run), $"{run}/cancel");
        var page = await browser.UntilAsync(run, one => !one.Text.Contains("Under way", StringComparison.Ordinal));
        Assert.Contains("The run was cancelled", page.Text, StringComparison.Ordinal);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        var next = await browser.TryAsync("mine", Some);

        Assert.StartsWith($"{run}?said=", sent.Location, StringComparison.Ordinal);
        Assert.DoesNotContain("http-equiv", page.Html, StringComparison.Ordinal);
        Assert.Equal(303, next.Status);
    }

    [Fact]
    public async Task Stop_OfTheService_DoesNotWaitForARun()
    {
        var (begun, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        var service = await TrySamples.HangAsync(ended: () => ended.TrySetResult(), begun: () => begun.TrySetResult());
        using var browser = new FormBrowser(service);
        await browser.TryAsync("mine", Some);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        await service.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Pages_OfAReader_HaveResultsAndNoForms()
    {
        await using var service = await TrySamples.HangAsync(folder => AccessSettings.WithTokens(folder));
        using var operating = new FormBrowser(service, AccessSettings.Operator);
        using var reading = new FormBrowser(service, AccessSettings.Reader);
        var run = (await operating.TryAsync("theirs", Some)).Location!;

        var (list, page) = (await reading.GetAsync(TrySamples.Path), await reading.GetAsync(run));

        Assert.Contains(run, list.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("method=\"post\"", list.Html + page.Html, StringComparison.Ordinal);
        Assert.Equal(403, (await reading.PostAsync(TrySamples.Path, ("property", "theirs"))).Status);
        Assert.Equal(403, (await reading.PostAsync($"{run}/cancel")).Status);
    }

    [Fact]
    public async Task Pages_OfACallerOfSomeProperties_HaveNothingOfTheOthers()
    {
        await using var service = await TrySamples.HangAsync(folder => AccessSettings.WithTokens(folder));
        using var all = new FormBrowser(service, AccessSettings.Operator);
        using var scoped = new FormBrowser(service, AccessSettings.Scoped); // Of property mine.
        var foreign = (await all.TryAsync("theirs", Some)).Location!;

        var (page, unknown) = (await scoped.GetAsync(foreign), await scoped.GetAsync($"{TrySamples.Path}/{Guid.NewGuid()}"));
        var list = await scoped.GetAsync(TrySamples.Path);
        var busy = await scoped.TryAsync("mine", Some);
        var refused = await scoped.TryAsync("theirs", Some);

        Assert.Equal((404, 404), (page.Status, unknown.Status));
        Assert.Equal(unknown.Text, page.Text);
        Assert.DoesNotContain("theirs", list.Text + busy.Text, StringComparison.Ordinal);
        Assert.Equal((409, 404), (busy.Status, refused.Status));
        Assert.Contains("must be one that you may see", refused.Text, StringComparison.Ordinal);
        Assert.Equal(404, (await scoped.PostAsync($"{foreign}/cancel")).Status);
        Assert.True(service.Tries.Latest.Single().IsUnderWay);
    }

    [Fact]
    public async Task Run_ThatIsUnknown_SaysThatResultsAreForgotten()
    {
        await using var service = await TrySamples.HangAsync();
        using var browser = new FormBrowser(service);

        var page = await browser.GetAsync($"{TrySamples.Path}/{Guid.NewGuid()}");

        Assert.Equal(404, page.Status);
        Assert.Contains("a restart forgets them", page.Text, StringComparison.Ordinal);
    }
}
