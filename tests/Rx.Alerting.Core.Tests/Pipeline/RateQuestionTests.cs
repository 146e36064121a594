using System.Reactive;
using System.Reactive.Subjects;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing;
using Rx.Alerting.Testing.Checkpoints;

namespace Rx.Alerting.Core.Tests.Pipeline;

/// <summary>People ask a pipeline for error rates. The stream goes on meanwhile, and nothing of it changes.</summary>
public sealed class RateQuestionTests : IAsyncDisposable
{
    private const long Start = 1_780_000_000_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly InMemoryCheckpointStore store = new();
    private readonly Subject<ViewBatch> views = new();
    private readonly AdvanceWatch watch = new();
    private readonly CheckpointedPipeline running;

    public RateQuestionTests() => running = new(
        "views",
        new PipelineOptions(),
        new CheckpointOptions(),
        store,
        [],
        TimeProvider.System,
        Observer.Create<CheckpointEvent>(_ => { }),
        watch: watch);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        views.Dispose();
        await store.DisposeAsync();
    }

    [Fact]
    public void Properties_ByDeviation_AreThoseFurthestAboveWhatIsNormalForThem()
    {
        using var detection = new DetectionPipeline(new PipelineOptions());
        var traffic = new TestTraffic(1)
            .Add(3000, "bad-as-ever", ("a", 0.2)).Add(3000, "fails-now", ("a", 0.01)).Add(200, "fails-now", ("a", 0.5));
        detection.OnNext(TestBatches.Of("p", [.. traffic.Views, new(traffic.Now + 60_000, "fine")]));
        detection.OnCompleted();

        var page = Ask(detection, new());

        Assert.Equal((3, "fails-now"), (page.Total, page.Keys[0].Property));
        var (now, ever) = (Assert.Single(page.Keys[0].ErrorTypes), Assert.Single(Found(page, "bad-as-ever").ErrorTypes));
        Assert.True(now.IsHeld && !ever.IsHeld);
        Assert.Equal("a", now.ErrorType);
        Assert.Equal(1000, now.Views);
        Assert.InRange(now.Baseline, 0.002, 0.03);
        Assert.InRange(now.Error, now.Threshold, 0.15);
        Assert.InRange(now.Deviation, 5, 1000);
        Assert.InRange(ever.Baseline, 0.15, 0.25);
        Assert.InRange(ever.Deviation, -3, 3);
        Assert.Empty(Found(page, "fine").ErrorTypes);
        Assert.Equal((1, 1, 0), (Found(page, "fine").Views, Found(page, "fine").WindowViews, Found(page, "fine").WindowErrors));
    }

    /// <summary>Each error type's window has whole panes of errors. So have the views to which they are compared.</summary>
    [Fact]
    public void Properties_AllViewsFailInLargePanes_FailNoMoreThanAll()
    {
        using var detection = Of(Enumerable.Range(0, 1200)
            .Select(i => new TestView(Start + (i / 600 * 60_000L), "down", ErrorType: i % 3 == 0 ? "a" : "b")));

        var down = Found(Ask(detection, new()), "down");

        Assert.Equal((1200, 1200), (down.WindowViews, down.WindowErrors));
    }

    [Fact]
    public void Titles_OfManyProperties_AreFoundByAPartOfTheirNameInPages()
    {
        using var detection = Of(Enumerable.Range(0, 5000).Select(number => new TestView(Start, $"p{number % 7}", $"The CUP {number:D4}")));
        var question = new RateQuestion { OfTitles = true, Search = "cup 0", Order = RateOrder.Name, Take = 300 };

        var first = Ask(detection, question);
        var last = Ask(detection, question with { Skip = 900 });
        var nothing = Ask(detection, question with { Skip = 1000 });

        Assert.Equal((1000, 300), (first.Total, first.Keys.Count));
        Assert.Equal("The CUP 0000", first.Keys[0].Title);
        Assert.Equal(Enumerable.Range(900, 100).Select(number => $"The CUP {number:D4}"), last.Keys.Select(key => key.Title));
        Assert.Equal(1000, nothing.Total);
        Assert.Empty(nothing.Keys);
    }

    [Fact]
    public void Titles_OfOneProperty_OrOneTitle_AreThose()
    {
        using var detection = Of([new(Start, "a", "x", "e"), new(Start, "a", "y"), new(Start, "a", "y"), new(Start, "b", "x")]);
        var question = new RateQuestion { OfTitles = true, Order = RateOrder.Views };

        Assert.Equal(["y", "x"], Ask(detection, question with { Property = "a" }).Keys.Select(key => key.Title));
        Assert.Equal(("b", 1), (Ask(detection, question with { Property = "b", Title = "x" }).Keys.Single().Property, 1));
        Assert.Equal(["a", "b"], Ask(detection, question with { Title = "x" }).Keys.Select(key => key.Property).Order());
        Assert.Empty(Ask(detection, question with { Property = "c" }).Keys);
        Assert.Empty(Ask(detection, question with { Property = "a", Title = "z" }).Keys);
        Assert.Equal("x", Ask(detection, question with { Order = RateOrder.Errors }).Keys[0].Title);
    }

    [Fact]
    public void Properties_SomeAreNotVisible_AreNotCounted()
    {
        using var detection = Of([new(Start, "a", "x"), new(Start, "b", "x")]);
        var question = new RateQuestion { IsVisible = name => name == "a" };

        Assert.Equal((1, "a"), (Ask(detection, question).Total, Ask(detection, question).Keys.Single().Property));
        Assert.Equal(0, Ask(detection, question with { Property = "b" }).Total);
        Assert.Equal(1, Ask(detection, question with { OfTitles = true }).Total);
    }

    /// <summary>A forgotten title leads to no other one.</summary>
    [Fact]
    public void Titles_AreForgottenBetweenTwoSteps_TheOthersAreFoundOnce()
    {
        using var detection = new DetectionPipeline(new PipelineOptions { Windows = new() { MaximumTitles = 3000 } });
        Push(Start, 3000, "old");
        var question = new RateQuestion { OfTitles = true, Take = 10_000 };
        var search = detection.Search(question);
        Assert.False(search.Step());

        Push(Start + 600_000, 2999, "new");
        var page = End(detection, search, question);

        Assert.Equal(page.Total, page.Keys.Count);
        Assert.Equal(page.Keys.Count, page.Keys.Select(key => key.Title).Distinct().Count());
        Assert.Contains(page.Keys, key => key.Title == "old 0");
        Assert.Equal(2999, page.Keys.Count(key => key.Title!.StartsWith("new", StringComparison.Ordinal)));

        // A view a second moves event time on.
        void Push(long time, int titles, string name) => detection.OnNext(TestBatches.Of(
            "p",
            [
                .. Enumerable.Range(0, titles).Select(number => new TestView(time, "a", $"{name} {number}")),
                .. Enumerable.Range(1, 300).Select(second => new TestView(time + (second * 1000), "a", "old 0")),
            ]));
    }

    /// <summary>
    /// An incident of a property counts the views of its titles. What it has counted is not shown as the rate of a title.
    /// </summary>
    [Fact]
    public void Titles_IncidentOfTheirPropertyHasEnded_BeginAnew()
    {
        using var detection = new DetectionPipeline(new PipelineOptions());
        var traffic = new TestTraffic(1).Add(3000, "a", ("e", 0.01)).Add(300, "a", ("e", 0.9));
        detection.OnNext(TestBatches.Of("p", traffic.Views));
        var before = traffic.Views.Count;
        detection.OnNext(TestBatches.Of("p", traffic.Add(3000, "a", "other").Views.Skip(before)));
        detection.OnCompleted();

        var page = Ask(detection, new() { OfTitles = true, Property = "a", Order = RateOrder.Errors });

        Assert.All(page.Keys, key => Assert.Equal(0, key.WindowErrors));
        Assert.All(page.Keys, key => Assert.All(key.ErrorTypes, type => Assert.Equal(0, type.Errors)));
    }

    [Fact]
    public void Ask_AnyQuestion_ChangesNothing()
    {
        using var detection = new DetectionPipeline(new PipelineOptions());
        var traffic = new TestTraffic(1).Add(3000, "a", ("e", 0.01)).Add(300, "a", ("e", 0.9)).Add(3000, "a");
        detection.OnNext(TestBatches.Of("p", traffic.Views));
        var before = detection.Save().Select(entry => (entry.Key, Convert.ToHexString(entry.Value.ToArray()))).ToList();

        Ask(detection, new());
        Ask(detection, new() { OfTitles = true });

        Assert.Equal(before, detection.Save().Select(entry => (entry.Key, Convert.ToHexString(entry.Value.ToArray()))));
    }

    [Fact]
    public async Task Find_WhileABatchIsPushed_IsAnsweredBehindIt()
    {
        using var isIn = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        watch.Advanced = () =>
        {
            isIn.Set();
            go.Wait(Cancel);
        };
        using var stop = new CancellationTokenSource();
        var run = running.RunAsync(new PushedViews(views), stop.Token);
        var push = Task.Run(() => views.OnNext(TestBatches.Of("p", new TestView(Start, "a", "x"))), Cancel);
        isIn.Wait(Cancel);

        var page = running.FindRatesAsync(new() { OfTitles = true }, Cancel);
        Assert.False(page.IsCompleted);
        watch.Advanced = () => { };
        go.Set();

        Assert.Equal(0, (await page.WaitAsync(Patience, Cancel))!.Total); // Event time has not closed the view's pane.
        await push;
        await stop.CancelAsync();
        await run.WaitAsync(Patience, Cancel);
    }

    [Fact]
    public async Task Find_PipelineDoesNotRun_HasNoAnswer()
    {
        Assert.Null(await running.FindRatesAsync(new(), Cancel));
        using var stop = new CancellationTokenSource();
        var run = running.RunAsync(new PushedViews(views), stop.Token);
        Assert.NotNull(await running.FindRatesAsync(new(), Cancel).WaitAsync(Patience, Cancel));
        await stop.CancelAsync();
        await run.WaitAsync(Patience, Cancel);

        Assert.Null(await running.FindRatesAsync(new(), Cancel).WaitAsync(Patience, Cancel));
    }

    private static DetectionPipeline Of(IEnumerable<TestView> views)
    {
        var detection = new DetectionPipeline(new PipelineOptions());
        detection.OnNext(TestBatches.Of("p", views));
        detection.OnCompleted();
        return detection;
    }

    private static KeyRates Found(RatePage page, string property) => page.Keys.Single(key => key.Property == property);

    private static RatePage Ask(DetectionPipeline detection, RateQuestion question) => End(detection, detection.Search(question), question);

    private static RatePage End(DetectionPipeline detection, KeySearch search, RateQuestion question)
    {
        while (!search.Step())
        {
        }

        return detection.PageOf(search, question);
    }
}
