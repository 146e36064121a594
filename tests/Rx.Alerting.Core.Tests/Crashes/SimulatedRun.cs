using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>
/// One pipeline in one process. All its calls to the outside go through this class.
/// </summary>
/// <remarks>
/// The class asserts these rules:
/// <list type="bullet">
/// <item>After every commit, the store has the whole state of the pipeline at the moment of its snapshot.</item>
/// <item>A command that is confirmed is in the store.</item>
/// <item>After every restore, the pipeline has the state of the store.</item>
/// <item>A pipeline begins anew only if the store has lost commits.</item>
/// <item>A pipeline writes everything anew only if entries are gone.</item>
/// </list>
/// </remarks>
internal sealed class SimulatedRun(
    SimulatedProcess process,
    SimulatedStore store,
    IReadOnlyDictionary<string, SimulatedReceiver> receivers,
    SimulatedBoard board,
    IReadOnlyList<IChannel> notifications,
    SimulatedSource source,
    SplitMix random,
    CancellationToken stop)
    : ICheckpointStore, IObserver<CheckpointEvent>, IPipelineWatch
{
    private DetectionPipeline? pipeline;
    private CommandedRun? commanded;
    private CheckpointHead? acquired;

    /// <summary>How often the store had gone back when the latest call took effect. Null until the store answers.</summary>
    private int? answered;

    /// <summary>How often the store had gone back when the pipeline was acquired.</summary>
    private int acquiredAt;

    /// <summary>How often the store had lost commits of this pipeline when the pipeline was acquired.</summary>
    private int acquiredLosses;

    /// <summary>Told of everything that the pipeline decides, whether committed or not.</summary>
    public required SimulatedReceiver Decided { get; init; }

    public required SimulatedSender Sender { get; init; }

    /// <summary>The latest effect that an earlier process has decided.</summary>
    private long restored;

    /// <summary>The latest effect that is committed, as far as this process can know.</summary>
    private long committed;

    private CheckpointCommit? snapshot;
    private IReadOnlyList<StateEntry> saved = [];

    private bool IsLast => source.HasEnded || stop.IsCancellationRequested;

    public async Task RunAsync(string name, PipelineOptions options, CheckpointOptions checkpoints, TimeProvider clock)
    {
        IEnumerable<IChannel> channels =
        [
            .. receivers.Select(receiver => new SimulatedChannel(
                receiver.Key, receiver.Value, process, random, MomentOf, effect => effect.Sequence <= committed)),
            new BoardChannel(
                new SimulatedBoardCalls(board, process),
                options.Incidents.MaximumHistory,
                (pipeline, _) => Task.FromResult(store.Head(pipeline)?.Epoch ?? 0)),
            .. notifications,
        ];
        var running = new CheckpointedPipeline(name, options, checkpoints, this, [.. channels], clock, this, watch: this);
        // Whoever sends commands cannot know what has become of them in the process before.
        foreach (var command in SimulatedTraffic.Commands)
            _ = ConfirmAsync(name, command.Id, running.ExecuteAsync(command, stop));
        Open(name, running);
        await Task.Yield(); // The commands arrive before the first view.
        await running.RunAsync(source, stop);
        // Exceptions: the run was stopped, and may have run out of time; or the store went back unnoticed.
        if (source.HasEnded && !stop.IsCancellationRequested && answered == store.RollBacks && !store.IsDamaged(name))
            Assert.True(store.IsFinished(name, source.Shards), "A run has ended well, but not everything is committed and delivered.");
    }

    /// <summary>People may send commands. The source waits for those that have their place in the stream.</summary>
    private void Open(string name, CheckpointedPipeline running)
    {
        var run = commanded = new CommandedRun(process, source)
        {
            Decided = Decided,
            Execute = command => ConfirmAsync(name, command.Id, running.ExecuteAsync(command, CancellationToken.None)),
            IsBehindLoss = () => store.Losses(name) != acquiredLosses,
            Losses = () => store.Losses(name),
            IsKept = () => answered == store.RollBacks,
        };
        source.MayPass = (shard, read) => Sender.MayPass(run, shard, read);
        source.NextPlace = Sender.NextPlace;
        Sender.Join(run);
    }

    /// <summary>What is confirmed is in the store, unless the store has lost it since.</summary>
    private async Task<CommandOutcome> ConfirmAsync(string name, string commandId, Task<CommandOutcome> executing)
    {
        var outcome = await executing;
        var isKept = answered != store.RollBacks || store.IsDamaged(name) || store.Has(name, outcome);
        Decided.Expect(store.HasHad(name, outcome), $"Command {commandId} is confirmed before its commit.");
        Decided.Expect(isKept && outcome.CommandId == commandId, $"Command {commandId} is confirmed, and the store does not have it.");
        return outcome;
    }

    public async Task<CheckpointHead> AcquireAsync(string pipeline, string owner, CancellationToken cancel)
    {
        await process.PassAsync(CrashSite.Acquiring, 60, cancel);
        process.MayFail(10);
        acquired = await store.Kept.AcquireAsync(pipeline, owner, cancel);
        (acquiredAt, acquiredLosses) = (store.RollBacks, store.Losses(pipeline));
        await process.PassAsync(CrashSite.Acquired, 60, cancel);
        process.MayFail(10);
        return acquired;
    }

    public async IAsyncEnumerable<IReadOnlyList<StateEntry>> ReadAsync(
        string pipeline, string section, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await process.PassAsync(CrashSite.ReadingState, 1000, cancel);
        process.MayFail(300);
        await foreach (var chunk in store.Kept.ReadAsync(pipeline, section, cancel))
        {
            yield return chunk;
            await process.PassAsync(CrashSite.ReadState, 1000, cancel);
            process.MayFail(300);
        }
    }

    public async Task<CheckpointHead?> FindAsync(string pipeline, CancellationToken cancel)
    {
        await process.PassAsync(CrashSite.FindingHead, 100, cancel);
        process.MayFail(50);
        var head = store.Head(pipeline);
        await process.PassAsync(CrashSite.FoundHead, 100, cancel);
        process.MayFail(50);
        return head;
    }

    public async Task CommitAsync(CheckpointCommit commit, CancellationToken cancel)
    {
        // The first attempt comes before the pipeline has moved on.
        if (snapshot != commit)
            (snapshot, saved) = (commit, pipeline!.Save());
        answered = null;
        await process.PassAsync(IsLast ? CrashSite.CommittingLast : CrashSite.Committing, 40, cancel);
        process.MayFail(10);
        process.MayTear(40, () => store.Tear(commit));
        process.MayLeaveBehind(20, () => StillAsync(commit));
        await store.CommitAsync(commit, cancel);
        committed = Latest(commit);
        // A repeated commit succeeds, although entries may have vanished since. The next commit finds that out.
        if (!store.IsDamaged(commit.Pipeline))
            store.AssertHolds(commit.Pipeline, saved);
        var effective = store.RollBacks;
        await process.PassAsync(IsLast ? CrashSite.CommittedLast : CrashSite.Committed, 40, cancel);
        process.MayFail(10);
        answered = effective;
    }

    public void OnNext(CheckpointEvent value)
    {
        switch (value.Kind)
        {
            case CheckpointEventKind.Restored:
                process.MayCrash(CrashSite.ToldRestored, 100);
                break;
            case CheckpointEventKind.Committed:
                process.MayCrash(CrashSite.ToldCommitted, 100);
                break;
            case CheckpointEventKind.Retrying:
                process.MayCrash(CrashSite.ToldRetrying, 30);
                break;
            case CheckpointEventKind.Rewriting:
                Assert.True(store.IsDamaged(value.Pipeline), "Everything is committed anew, though nothing is gone.");
                process.Rewrote();
                process.MayCrash(CrashSite.ToldRewriting, 5);
                break;
            case CheckpointEventKind.RolledBack:
                Assert.True(store.RollBacks > acquiredAt, "A pipeline begins anew, though the store has lost nothing.");
                process.MayCrash(CrashSite.ToldRolledBack, 5);
                break;
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Begin(string name, DetectionPipeline pipeline)
    {
        this.pipeline = pipeline;
        commanded!.Begin(pipeline);
        Sender.Begin(commanded);
        if (process.IsDead)
            return;
        pipeline.Changes.Subscribe(Decided.Take);
        pipeline.Outcomes.Subscribe(Decided.Take);
        restored = committed = pipeline.Outbox.Latest;
        if (acquired is { Id: > 0 } && store.Head(name) == acquired && !store.IsDamaged(name))
            store.AssertHolds(name, pipeline.Save());
    }

    public void Advance(string name, DetectionPipeline pipeline)
    {
    }

    public void Settle(string name, DetectionPipeline pipeline)
    {
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    Task<IReadOnlyList<string>> ICheckpointStore.ListAsync(CancellationToken cancel) => throw NoSite();

    Task ICheckpointStore.ResetAsync(string pipeline, CancellationToken cancel) => throw NoSite();

    private DeliveryMoment MomentOf(Effect effect) =>
        effect.Sequence <= restored ? DeliveryMoment.Restored : IsLast ? DeliveryMoment.Last : DeliveryMoment.Running;

    /// <summary>The latest effect in a commit.</summary>
    private static long Latest(CheckpointCommit commit)
    {
        var entry = commit.Changes.Written.Single(
            entry => entry.Key is { Section: StateSections.Outbox, High: OutboxLayout.SequenceEntry });
        return new StateReader(entry.Value).Int64();
    }

    /// <summary>A copy of the commit: the commit is under way already when its caller gives up waiting.</summary>
    private Func<Task> StillAsync(CheckpointCommit commit)
    {
        var written = commit.Changes.Written.Select(entry => entry with { Value = entry.Value.ToArray() }).ToList();
        var sent = commit with { Changes = new(written, [.. commit.Changes.Removed]) };
        return () => store.CommitAsync(sent, CancellationToken.None);
    }

    private static InvalidOperationException NoSite() => new($"The protocol makes a call that has no {nameof(CrashSite)} yet.");
}
