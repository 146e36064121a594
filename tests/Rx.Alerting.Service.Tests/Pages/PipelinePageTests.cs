using System.Net.Http.Json;
using System.Reactive.Linq;
using System.Text;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Service.Tests.Access;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Service.Tests.Pages;

/// <summary>The page of the pipelines says how far the stream is read, and never calls silence health.</summary>
public sealed class PipelinePageTests
{
    private const string Page = "/pipeline";
    private const long Now = 1_764_000_000_000, Minute = 60_000;

    [Fact]
    public async Task Page_WithoutAView_SaysThatNothingIsKnown()
    {
        await using var service = await RunningService.StartAsync(ScriptedSource.Silent);

        var text = PageReader.Text(await service.UntilPageSaysAsync(Page, "waits for the first view"));

        Assert.Contains("No view has come yet, so nothing is known.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing is known to be wrong", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_PartitionThatHoldsEventTime_IsNamedFirst()
    {
        await using var service = await StartAsync(
            Steady("slow", 3), Steady("fast", 11));

        var text = PageReader.Text(await service.UntilPageSaysAsync(Page, "Event time of test/script waits for slow"));

        Assert.StartsWith("others are 8 min 0 s further", text[text.IndexOf("others are", StringComparison.Ordinal)..][..80]);
        Assert.Contains("Something may be wrong", text, StringComparison.Ordinal);
        Assert.Contains("slow holds event time", text, StringComparison.Ordinal);
        Assert.True(text.IndexOf("slow holds", StringComparison.Ordinal) < text.IndexOf("fast is read", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_PartitionWithoutEventTime_IsNamed()
    {
        await using var service = await StartAsync(TestBatches.Of("new", new TestView(Now, "shop")), Steady("steady", 8));

        var text = PageReader.Text(await service.UntilPageSaysAsync(Page, "Event time of test/script waits for new"));

        Assert.Contains("it has too few views to tell its event time", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(HostileName.All), MemberType = typeof(HostileName))]
    public async Task Page_WhatWasNotCounted_IsShownByReasonWithSamples(string name)
    {
        var rejected = TestBatches.Of("p", new TestView(Now + Minute, "shop"));
        rejected.Reject(RejectionReason.Malformed, rejected.Append(Encoding.UTF8.GetBytes(name)));
        await using var service = await StartAsync(
            Steady("p", 30), TestBatches.Of("p", new TestView(Now, name)), rejected);

        var html = await service.UntilPageSaysAsync(Page, "malformed: it does not have its format");

        Assert.Contains("2 late: the view came after its time was decided", PageReader.Text(html), StringComparison.Ordinal);
        Assert.Equal(3, html.Split("<li><code>").Length - 1);
        HostileName.DoesNothing(html);
    }

    [Fact]
    public async Task Page_ShowsCommitsAndWhatChannelsHaveTaken()
    {
        await using var service = await StartAsync(TestBatches.Of("p", new TestView(Now, "shop")));

        var text = PageReader.Text(await service.UntilPageSaysAsync(Page, "number 1"));

        Assert.Contains("Outbox", text, StringComparison.Ordinal);
        Assert.Contains("board 0", text, StringComparison.Ordinal);
        Assert.Contains("console 0", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(HostileName.All), MemberType = typeof(HostileName))]
    public async Task Page_PipelineThatSomebodyHasRest_SaysWhoAndWhyAndShowsTheCommand(string name)
    {
        await using var service = await StartAsync(TestBatches.Of("p", new TestView(Now, "shop")));
        await service.UntilPageSaysAsync(Page, "number 1");
        var (by, comment) = (name.Length > 60 ? "ann" : name, name);

        using var answer = await service.Client.PostAsJsonAsync(
            new Uri("/api/v1/control", UriKind.Relative),
            new { type = "pause", by, comment },
            TestContext.Current.CancellationToken);

        Assert.True(answer.IsSuccessStatusCode);
        var html = await service.UntilPageSaysAsync(Page, "Nothing is read, so nothing can be found");
        Assert.Contains("pause", html, StringComparison.Ordinal);
        HostileName.IsShownAsText(comment, html);
    }

    [Fact]
    public async Task Page_StoreThatFails_IsNotWell()
    {
        await using var service = await StartAsync(TestBatches.Of("p", new TestView(Now, "shop")));
        service.Fail("test", "the store is on fire");

        var (_, html) = await service.PageAsync(Page);

        Assert.Contains("the store is on fire", html, StringComparison.Ordinal);
        Assert.Contains("Something may be wrong", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing is known to be wrong", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OfAReaderOfSomeProperties_HasNothingOfTheOthers()
    {
        var folder = new TemporaryFolder();
        await using var service = await StartAsync(
            folder,
            Steady("p", 30),
            TestBatches.Of("p", new TestView(Now, "secret")));
        await service.UntilPageSaysAsync(Page, "secret", AccessSettings.Reader);

        var text = PageReader.Text((await service.PageAsync(Page, AccessSettings.Scoped)).Html);

        Assert.Contains("test/script", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Not counted", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Titles", text, StringComparison.Ordinal);
    }

    /// <summary>A view every ten seconds, for some minutes.</summary>
    private static ViewBatch Steady(string partition, int minutes) => TestBatches.Of(
        partition, Enumerable.Range(0, (6 * minutes) + 1).Select(number => new TestView(Now + (number * Minute / 6), "shop")));

    private static Task<RunningService> StartAsync(params ViewBatch[] batches) =>
        RunningService.StartAsync(new ScriptedSource(batches.ToObservable().Concat(Observable.Never<ViewBatch>())));

    private static Task<RunningService> StartAsync(TemporaryFolder folder, params ViewBatch[] batches) => RunningService.StartAsync(
        new ScriptedSource(batches.ToObservable().Concat(Observable.Never<ViewBatch>())), folder, AccessSettings.WithTokens(folder));
}
