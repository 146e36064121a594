using System.Reactive;
using System.Reactive.Subjects;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing;
using Rx.Alerting.Testing.Checkpoints;
using Rx.Alerting.Testing.Effects;

namespace Rx.Alerting.Core.Tests.Pipeline;

/// <summary>Commands of people to a pipeline that runs: confirmed by a commit, not lost, and executed once.</summary>
public sealed class ExecuteAsyncTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly InMemoryCheckpointStore store = new();
    private readonly Subject<ViewBatch> views = new();
    private readonly CancellationTokenSource stop = new();
    private readonly RecordingChannel channel = new();
    private readonly CheckpointedPipeline pipeline;
    private int restores;

    public ExecuteAsyncTests() => pipeline = New();

    public async ValueTask DisposeAsync()
    {
        views.Dispose();
        stop.Dispose();
        await store.DisposeAsync();
    }

    [Fact]
    public async Task Execute_WhileNoViewsCome_IsCommittedAndDelivered()
    {
        var delivered = new TaskCompletionSource();
        channel.After = () => delivered.TrySetResult();
        var run = RunAsync(pipeline);

        var outcome = await ExecuteAsync(pipeline, Silence("s"));

        Assert.Equal(CommandStatus.Done, outcome.Status);
        Assert.Equal(["s"], Committed());
        await delivered.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(outcome, Assert.IsType<OutcomeEffect>(Assert.Single(channel.Delivered)).Outcome);
        await StopAsync(run);
    }

    [Fact]
    public async Task Execute_BeforeTheRun_IsConfirmedByTheFirstCommit()
    {
        var waiting = ExecuteAsync(pipeline, Silence("s"));
        Assert.False(waiting.IsCompleted);

        var run = RunAsync(pipeline);

        Assert.Equal(CommandStatus.Done, (await waiting).Status);
        await StopAsync(run);
    }

    [Fact]
    public async Task Execute_BetweenBatches_SeesTheIncidentsOfThatMoment()
    {
        var delivered = new TaskCompletionSource();
        channel.After = () => delivered.TrySetResult();
        var run = RunAsync(pipeline);
        Push(new TestTraffic(1) { Step = 1000 }.Add(2000, "one", ("a", 0.01)).Add(40, "one", ("a", 0.9)).Add(150, "one"));
        await delivered.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        var silence = await ExecuteAsync(pipeline, Silence("s") with { StartsAt = null });

        Assert.NotNull(silence.At);
        var open = channel.Delivered.OfType<ChangeEffect>().Last().Change.Incident;
        var outcome = await ExecuteAsync(pipeline, new AcknowledgeCommand("a", "ann", open.Id));
        Assert.Equal(CommandStatus.Done, outcome.Status);
        await StopAsync(run);
        Assert.Equal("ann", channel.Delivered.OfType<ChangeEffect>().Last().Change.Incident.Acknowledgement?.By);
    }

    [Fact]
    public async Task Execute_AgainInTheNextProcess_HasTheSameOutcome()
    {
        var first = RunAsync(pipeline);
        var outcome = await ExecuteAsync(pipeline, Silence("s"));
        await StopAsync(first);

        var next = New();
        using var later = new CancellationTokenSource();
        var run = next.RunAsync(new PushedViews(views), later.Token);
        Assert.Equal(outcome, await ExecuteAsync(next, Silence("s")));
        await later.CancelAsync();
        await run.WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal(["s"], Committed());
        Assert.Single(channel.Delivered.DistinctBy(effect => effect.Sequence));
    }

    /// <summary>The store had confirmed the commit, and has lost it all the same.</summary>
    [Fact]
    public async Task Execute_CommitIsLostByTheStore_TakesEffectAgain()
    {
        var run = RunAsync(pipeline);
        await ExecuteAsync(pipeline, Silence("lost"));
        Assert.Equal(["lost"], Committed());
        while (Committed().Any()) // The courier may have had its cursor committed as well.
            store.RollBack("views", 1);

        await ExecuteAsync(pipeline, Silence("next"));

        Assert.Equal(2, restores);
        Assert.Equal(["lost", "next"], Committed());
        await StopAsync(run);
    }

    [Fact]
    public async Task Execute_PipelineHasStopped_FailsAndSaysWhatToDo()
    {
        await StopAsync(RunAsync(pipeline));

        var fault = await Assert.ThrowsAsync<CommandUnconfirmedException>(() => ExecuteAsync(pipeline, Silence("s")));

        Assert.Contains("Send the command again with the same id", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Execute_StopBeforeTheCommit_FailsThoseWhoWait()
    {
        var waiting = ExecuteAsync(pipeline, Silence("s"));
        await stop.CancelAsync();

        await RunAsync(pipeline);

        await Assert.ThrowsAsync<CommandUnconfirmedException>(() => waiting);
    }

    [Fact]
    public async Task Execute_TooManyWait_RefusesTheNext()
    {
        var sent = Enumerable.Range(0, 1001).Select(i => ExecuteAsync(pipeline, Silence($"{i}"))).ToList();

        var refused = await Task.WhenAny(sent); // The others wait for a run.

        Assert.Contains("1000 commands wait", (await Assert.ThrowsAsync<CommandUnconfirmedException>(() => refused)).Message);
        var run = RunAsync(pipeline);
        await Task.WhenAll(sent.Where(one => one != refused));
        Assert.Equal(1000, Committed().Count());
        await StopAsync(run);
    }

    [Fact]
    public async Task Execute_ManyAtOnce_AreExecutedInTheOrderOfTheCalls()
    {
        var run = RunAsync(pipeline);

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => ExecuteAsync(pipeline, Silence($"{i}"))));

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"{i}"), Committed());
        await StopAsync(run);
    }

    /// <summary>The interval is an hour, and nothing has changed.</summary>
    [Fact]
    public async Task Commit_WhileNothingHappens_IsMadeAtOnce()
    {
        var patient = New(TimeSpan.FromHours(1));
        var run = RunAsync(patient);

        var first = await patient.CommitAsync(TestContext.Current.CancellationToken);
        var second = await patient.CommitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((1, 2), (first, second));
        Assert.Equal(2, (await store.FindAsync("views", TestContext.Current.CancellationToken))!.Id);
        await StopAsync(run);
        await Assert.ThrowsAsync<CommandUnconfirmedException>(() => patient.CommitAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Commit_StopBeforeIt_FailsThoseWhoWait()
    {
        var waiting = pipeline.CommitAsync(TestContext.Current.CancellationToken);
        await stop.CancelAsync();

        await RunAsync(pipeline);

        await Assert.ThrowsAsync<CommandUnconfirmedException>(() => waiting);
    }

    private static SilenceCommand Silence(string id) =>
        new(id, "ann", new("nobody"), "why") { StartsAt = DateTimeOffset.UnixEpoch, Duration = TimeSpan.FromDays(1) };

    private static Task<CommandOutcome> ExecuteAsync(CheckpointedPipeline pipeline, ControlCommand command) =>
        pipeline.ExecuteAsync(command, TestContext.Current.CancellationToken).WaitAsync(Patience);

    /// <summary>The ids of the commands in the store, in the order in which they were executed.</summary>
    private IEnumerable<string> Committed() => store.Entries("views")
        .Where(entry => entry.Key is { Section: StateSections.Commands, High: ControlState.OutcomeEntry })
        .OrderBy(entry => entry.Key.Low)
        .Select(entry => CommandOutcome.Load(new StateReader(entry.Value)).CommandId);

    private CheckpointedPipeline New(TimeSpan? interval = null) => new(
        "views",
        new PipelineOptions(),
        new() { Interval = interval ?? TimeSpan.FromMilliseconds(5), RetryInterval = TimeSpan.FromMilliseconds(5) },
        store,
        [channel],
        TimeProvider.System,
        Observer.Create<CheckpointEvent>(value => restores += value.Kind == CheckpointEventKind.Restored ? 1 : 0));

    private Task RunAsync(CheckpointedPipeline pipeline) => pipeline.RunAsync(new PushedViews(views), stop.Token);

    private async Task StopAsync(Task run)
    {
        await stop.CancelAsync();
        await run.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    private void Push(TestTraffic traffic)
    {
        foreach (var chunk in traffic.Views.Chunk(10))
            views.OnNext(TestBatches.Of("p", chunk));
    }
}
