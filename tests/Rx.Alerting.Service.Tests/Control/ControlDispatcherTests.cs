using System.Reactive;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Dumps;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Control;
using Rx.Alerting.Service.Dumps;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing.Checkpoints;

namespace Rx.Alerting.Service.Tests.Control;

public sealed class ControlDispatcherTests : IAsyncDisposable
{
    private static readonly ControlPatience Endless = new(Timeout.InfiniteTimeSpan, Keeps: true);

    private readonly FakeTimeProvider clock = new();
    private readonly InMemoryCheckpointStore store = new();
    private readonly DumpDesk dumps;
    private readonly ControlDispatcher dispatcher;

    public ControlDispatcherTests()
    {
        var settings = new Settings();
        dumps = new(settings, () => store, clock, new FakeLogger<DumpDesk>());
        dispatcher = TestDispatcher.Of(settings, dumps, clock);
    }

    public async ValueTask DisposeAsync()
    {
        await dumps.DisposeAsync();
        await store.DisposeAsync();
    }

    [Fact]
    public async Task Execute_OnePipelineHasTheSilence_IsDone()
    {
        await using var one = Run("one");
        await one.Pipeline.ExecuteAsync(Silence("s"), TestContext.Current.CancellationToken);
        await using var two = Run("two");

        var ended = await ExecuteAsync(new StreamAction(new ExpireSilenceCommand("e", "ann", "s")));
        var unknown = await ExecuteAsync(new StreamAction(new ExpireSilenceCommand("u", "ann", "unknown")));

        Assert.Equal(ReplyStatus.Done, ended.Status);
        var each = ended.Pipelines.Select(reply => (reply.Pipeline, reply.Status));
        Assert.Equal([("one", ReplyStatus.Done), ("two", ReplyStatus.Refused)], each);
        Assert.Equal(ReplyStatus.Refused, unknown.Status);
    }

    /// <summary>All have to pause, but one has the key.</summary>
    [Fact]
    public async Task Execute_PauseAndForget_AreForAllAndForOne()
    {
        await using var one = Run("one");
        await one.Pipeline.ExecuteAsync(new PauseCommand("p", "ann"), TestContext.Current.CancellationToken);
        await using var two = Run("two");

        var paused = await ExecuteAsync(new StreamAction(new PauseCommand("q", "ann")));

        Assert.Equal(ReplyStatus.AlreadySo, paused.Status);
        Assert.Equal([ReplyStatus.AlreadySo, ReplyStatus.Done], paused.Pipelines.Select(reply => reply.Status));
        Assert.True(new StreamAction(new ForgetCommand("f", "ann", "p")).IsForOne);
        Assert.False(new StreamAction(new SetOptionsCommand("s", "ann", [])).IsForOne);
    }

    [Fact]
    public async Task Execute_NoPipelineYet_WaitsForOne()
    {
        var waiting = ExecuteAsync(new StreamAction(Silence("s")));
        Assert.False(waiting.IsCompleted);

        await using var one = Run("one");

        Assert.Equal(ReplyStatus.Done, (await waiting).Status);
    }

    [Theory]
    [InlineData(true, "The command takes effect on pipelines that begin here within an hour.")]
    [InlineData(false, "Nothing was done.")]
    public async Task Execute_NoPipelineInTime_SaysWhatBecomesOfTheCommand(bool keeps, string expected)
    {
        var waiting = ExecuteAsync(new StreamAction(Silence("s")), new(TimeSpan.FromSeconds(15), keeps));
        clock.Advance(TimeSpan.FromSeconds(15));
        var reply = await waiting;

        await using var one = Run("one");
        var again = await ExecuteAsync(new StreamAction(new ExpireSilenceCommand("e", "ann", "s")));

        Assert.Equal((ReplyStatus.Unconfirmed, $"No pipeline runs in this process. {expected}"), (reply.Status, reply.Reason));
        Assert.Empty(reply.Pipelines);
        Assert.Equal(keeps ? ReplyStatus.Done : ReplyStatus.Refused, again.Status);
    }

    [Fact]
    public async Task Register_PipelineComesLater_ExecutesWhatIsKeptInItsOrder()
    {
        await using var one = Run("one");
        await ExecuteAsync(new StreamAction(Silence("s")));
        await ExecuteAsync(new StreamAction(new ExpireSilenceCommand("e", "ann", "s")));
        await ExecuteAsync(new StreamAction(Silence("kept")));

        await using var two = Run("two");

        var reply = await ExecuteAsync(new StreamAction(new ExpireSilenceCommand("f", "ann", "s")));
        Assert.All(reply.Pipelines, pipeline => Assert.Equal(ReplyStatus.Refused, pipeline.Status));
        reply = await ExecuteAsync(new StreamAction(new ExpireSilenceCommand("g", "ann", "kept")));
        Assert.All(reply.Pipelines, pipeline => Assert.Equal(ReplyStatus.Done, pipeline.Status));
    }

    [Fact]
    public async Task Register_AfterTheTimeInWhichCommandsAreKept_ExecutesNone()
    {
        await using (Run("one"))
            await ExecuteAsync(new StreamAction(Silence("s")));
        clock.Advance(ControlDispatcher.KeptFor + TimeSpan.FromSeconds(1));

        await using var two = Run("two");

        Assert.Equal(ReplyStatus.Refused, (await ExecuteAsync(new StreamAction(new ExpireSilenceCommand("e", "ann", "s")))).Status);
    }

    /// <summary>The pipeline takes fewer at a time.</summary>
    [Fact]
    public async Task Execute_ManyAtOnce_AreExecutedInOrderAndNoneIsLost()
    {
        await using var one = Run("one");
        var commands = Enumerable.Range(0, 3 * CheckpointedPipeline.MaximumCommands).Select(i => i % 2 == 0
            ? (ControlCommand)Silence($"{i}")
            : new ExpireSilenceCommand($"{i}", "ann", $"{i - 1}"));

        var replies = await Task.WhenAll(commands.Select(command => ExecuteAsync(new StreamAction(command))));

        Assert.All(replies, reply => Assert.Equal(ReplyStatus.Done, reply.Status));
    }

    [Fact]
    public async Task Execute_PipelineStopsBeforeTheCommit_IsExecutedWhenItRunsAgain()
    {
        var stopped = New("one");
        Task<ControlReply> waiting;
        using (dispatcher.Register("one", stopped))
        {
            waiting = ExecuteAsync(new StreamAction(Silence("s")));
            await stopped.RunAsync(ScriptedSource.Silent, new CancellationToken(canceled: true));
        }

        await using var again = Run("one");

        Assert.Equal(ReplyStatus.Done, (await waiting).Status);
    }

    [Fact]
    public async Task Execute_PipelineStopsAndDoesNotComeBack_IsUnconfirmed()
    {
        var stopped = New("one");
        await stopped.RunAsync(ScriptedSource.Silent, new CancellationToken(canceled: true));
        using var registered = dispatcher.Register("one", stopped);

        var waiting = ExecuteAsync(new StreamAction(Silence("s")), new(TimeSpan.FromSeconds(15), Keeps: true));
        clock.Advance(TimeSpan.FromSeconds(15));
        var reply = await waiting;

        Assert.Equal((ReplyStatus.Unconfirmed, "one"), (reply.Status, Assert.Single(reply.Pipelines).Pipeline));
    }

    [Fact]
    public async Task Execute_Cancelled_EndsTheWait()
    {
        using var cancel = new CancellationTokenSource();
        var waiting = dispatcher.ExecuteAsync(Request(new StreamAction(Silence("s"))), Endless, cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Execute_StatusAndCheckpoint_AreAnswered()
    {
        Assert.Equal("No pipeline runs in this process.", (await ExecuteAsync(new StatusAction())).Reason);
        await using var one = Run("one");

        var commit = Assert.Single((await ExecuteAsync(new CommitAction())).Pipelines).Commit;

        Assert.Equal((await store.FindAsync("one", TestContext.Current.CancellationToken))!.Id, commit);
        Assert.Equal("one", Assert.Single((await ExecuteAsync(new StatusAction())).Pipelines).Pipeline);
    }

    /// <summary>What is executed beside the stream has its id in the stream all the same.</summary>
    [Fact]
    public async Task Execute_IdOfAnotherKind_IsRefused()
    {
        await using var one = Run("one");
        var dump = new DumpAction(new("c", "ann", DumpKind.Incidents));
        await ExecuteAsync(new CommitAction(), id: "c", type: "checkpoint");
        await ExecuteAsync(new StreamAction(Silence("s")), id: "s", type: "silence");

        var replies = new[]
        {
            await ExecuteAsync(new StreamAction(Silence("c")), id: "c", type: "silence"),
            await ExecuteAsync(dump, id: "c", type: "dump-incidents"),
            await ExecuteAsync(new CommitAction(), id: "s", type: "checkpoint"),
            await ExecuteAsync(new CommitAction(), id: "c", type: "checkpoint"),
        };

        var expected = new[] { ReplyStatus.Refused, ReplyStatus.Refused, ReplyStatus.Refused, ReplyStatus.Done };
        Assert.Equal(expected, replies.Select(reply => reply.Status));
        Assert.Equal("id s was used for another command; choose a new one", replies[2].Pipelines[0].Reason);
    }

    private static SilenceCommand Silence(string id) =>
        new(id, "ann", new("nobody"), "why") { StartsAt = DateTimeOffset.UnixEpoch, Duration = TimeSpan.FromDays(1) };

    private static ControlRequest Request(ControlAction action, string id = "id", string type = "type") => new(id, type, "ann", action);

    private Task<ControlReply> ExecuteAsync(
        ControlAction action, ControlPatience? patience = null, string id = "id", string type = "type") =>
        dispatcher.ExecuteAsync(Request(action, id, type), patience ?? Endless, TestContext.Current.CancellationToken);

    private CheckpointedPipeline New(string name) => new(
        name, new PipelineOptions(), new(), store, [], TimeProvider.System, Observer.Create<CheckpointEvent>(_ => { }));

    private RunningPipeline Run(string name)
    {
        var pipeline = New(name);
        return new RunningPipeline(pipeline, dispatcher.Register(name, pipeline));
    }

    private sealed class RunningPipeline : IAsyncDisposable
    {
        private readonly CancellationTokenSource stop = new();
        private readonly IDisposable registered;
        private readonly Task run;

        public RunningPipeline(CheckpointedPipeline pipeline, IDisposable registered)
        {
            (Pipeline, this.registered) = (pipeline, registered);
            run = pipeline.RunAsync(ScriptedSource.Silent, stop.Token);
        }

        public CheckpointedPipeline Pipeline { get; }

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            await run;
            registered.Dispose();
            stop.Dispose();
        }
    }
}
