using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>
/// The run of one seed. Processes run the same pipelines one after the other, and as zombies concurrently. Store and stream do everything
/// that real ones may do. The result must be that of an undisturbed run that reads everything at once.
/// </summary>
/// <remarks>
/// <para>
/// Idleness depends on processing time. An idle partition does not hold the watermark back, so its next views may be late, though they are
/// not in a replay. No view is late if these rules hold:
/// </para>
/// <list type="number">
/// <item>A view comes into the stream at most d after its event time.</item>
/// <item>A partition is told idle only after all its views have been read.</item>
/// <item>When an idle partition gets a view, it is told active before any view is read that came into the stream more than l after that
/// view.</item>
/// <item>d + l is at most <c>EventTime:MaximumOutOfOrderness</c>.</item>
/// </list>
/// <para>
/// Then the watermark is older than the idle partition's view, whatever has been read meanwhile. The simulated traffic keeps rule 1, the
/// simulated source rules 2 and 3, the options rule 4. So no view may be late, and the results must be equal.
/// </para>
/// </remarks>
internal sealed class CrashSimulation
{
    private readonly CrashCase what;
    private readonly bool disturbed;
    private readonly SplitMix random;
    private readonly SimulatedStream stream;
    private readonly SimulatedStore store;
    private readonly Dictionary<string, SimulatedReceiver> receivers = new() { ["console"] = new(), ["page"] = new() };
    private readonly Dictionary<string, SimulatedPeople> people = new()
    {
        ["chat"] = new(new() { WantsUpdates = true, IsIdempotent = true, MirrorsState = true }),
        ["hook"] = new(new() { WantsUpdates = true, MirrorsState = true }),
    };

    private readonly SimulatedReceiver decided = new();
    private readonly SimulatedBoard board = new();
    private readonly SimulatedBoard told = new();
    private readonly Dictionary<SimulatedProcess, SimulatedNotifications> notifications = [];
    private readonly SimulatedGroup group;

    /// <summary>A clock long after the traffic, so that the present limits nothing. The present differs from run to run.</summary>
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private readonly List<SimulatedProcess> processes = [];
    private readonly List<(Task Run, string Pipeline)> runs = [];
    private SimulatedProcess? current;
    private Task? lastRun;

    /// <param name="seed">Decides everything that happens.</param>
    /// <param name="what">The stream.</param>
    /// <param name="plan">What people decide while the stream is read.</param>
    /// <param name="disturbed">False: nothing goes wrong, and all views are there at once.</param>
    public CrashSimulation(ulong seed, CrashCase what, IReadOnlyList<PlannedCommand> plan, bool disturbed)
    {
        (this.what, this.disturbed) = (what, disturbed);
        random = new SplitMix(seed);
        stream = new SimulatedStream(what.Shards);
        Sender = new SimulatedSender(plan, what.Decisions, decided, random);
        store = new SimulatedStore(random);
        Disturbances = new Disturbances(random, !disturbed);
        group = new SimulatedGroup(what.Pipelines, pipeline => store.IsFinished(pipeline, what.ShardsOf(pipeline)), random);
        if (!disturbed)
            stream.ProduceAll();
    }

    public int Starts { get; private set; }

    public bool HasLost => store.RollBacks > 0;

    public Disturbances Disturbances { get; }

    public SimulatedSender Sender { get; }

    public CrashOutcome Run()
    {
        SingleThread.Run(thread =>
        {
            for (var step = 0; !IsFinished(); step++)
            {
                Assert.True(step < 20_000, "The simulation does not come to its end.");
                processes.RemoveAll(process => process.IsDead);
                if (!IsRunning())
                    Start();
                Step();
                if (disturbed)
                    Disturb();
                Sender.Step();
                thread.RunAll();
            }

            // Processes that were taken for dead wake up. They must not change the result.
            processes.ForEach(process => process.Wake());
            for (var step = 0; step < 100; step++)
            {
                Step();
                Sender.Step();
                thread.RunAll();
            }

            if (what.Decisions != DecisionMoments.AtAnyMoment)
                board.AssertDecided(decided);
            BeginOnceMore(thread);
        });
        return new(
            decided,
            receivers,
            people,
            told.GivenUp(),
            board.Shown,
            what.Pipelines.SelectMany(store.Outcomes).DistinctBy(done => done.CommandId).ToDictionary(done => done.CommandId),
            what.Pipelines.SelectMany(store.Silences).ToHashSet(),
            [.. what.Pipelines.SelectMany(store.Shown)]);
    }

    /// <summary>A zombie may have written to the board last. A process that begins puts it right.</summary>
    private void BeginOnceMore(SingleThread thread)
    {
        var process = Begin(new SimulatedProcess(new Disturbances(random, quiet: true)));
        foreach (var pipeline in what.Pipelines)
            _ = Run(process, pipeline, Read(process, pipeline), process.Stopped);
        thread.RunAll();
        for (var step = 0; step < 20; step++)
        {
            notifications[process].Step();
            clock.Advance(TimeSpan.FromMilliseconds(100));
            thread.RunAll();
        }
    }

    /// <summary>Whether everything has been read. Also looks at the runs that have failed.</summary>
    /// <remarks>
    /// Only two failures are allowed: a zombie is refused; or a process finds a checkpoint in part. Then the operator puts a copy back.
    /// </remarks>
    private bool IsFinished()
    {
        var failed = runs.FindAll(run => run.Run.IsFaulted && run.Run.Exception!.InnerException is not OwnershipLostException);
        foreach (var (run, pipeline) in failed)
        {
            if (run.Exception!.InnerException is not CheckpointStoreException { Problem: CheckpointStoreProblem.Incomplete })
                run.GetAwaiter().GetResult();
            store.Mend(pipeline);
            Disturbances.Refusals++;
            runs.Remove((run, pipeline));
        }

        return runs.Exists(run => run.Run.IsCompleted) && group.IsFinished;
    }

    private bool IsRunning() => what.IsShared ? group.HasMembers : current is { IsAwake: true } && lastRun is { IsCompleted: false };

    private void Start()
    {
        Starts++;
        var process = current = Begin(new SimulatedProcess(Disturbances));
        processes.Add(process);
        if (what.IsShared)
            _ = new SimulatedMember(group, process, pipeline => Read(process, pipeline))
                .RunAsync((pipeline, source, revoked) => Run(process, pipeline, (SimulatedSource)source, revoked), process.Stopped);
        else
            _ = Run(process, what.Pipelines[0], Read(process, what.Pipelines[0]), process.Stopped);
    }

    private SimulatedProcess Begin(SimulatedProcess process)
    {
        notifications.Add(process, new(process, told, people, clock, pipeline => store.Head(pipeline)?.Epoch ?? 0));
        return process;
    }

    private SimulatedSource Read(SimulatedProcess process, string pipeline)
    {
        var source = new SimulatedSource(stream, what.ShardsOf(pipeline), process, random);
        process.Sources.Add(source);
        return source;
    }

    private Task Run(SimulatedProcess process, string pipeline, SimulatedSource source, CancellationToken stop)
    {
        var channels = notifications[process].Channels;
        var run = new SimulatedRun(process, store, receivers, board, channels, source, random, stop) { Decided = decided, Sender = Sender }
            .RunAsync(pipeline, CrashOptions.Pipeline, CrashOptions.Checkpoints, clock);
        runs.Add((run, pipeline));
        return lastRun = run;
    }

    private void Step()
    {
        // Zombies read on, too, and try to commit.
        if (what.IsShared)
            processes.ForEach(process => process.Push(random));
        else
            (random.Next(4) == 0 ? processes[random.Next(processes.Count)] : current!).Push(random);
        processes.ForEach(process => notifications[process].Step());
        stream.Produce(random);
        Disturbances.Step();
        if (what.IsShared)
            group.Step();
        if (random.Next(4) == 0)
            clock.Advance(TimeSpan.FromMilliseconds(400));
    }

    private void Disturb()
    {
        var process = processes[random.Next(processes.Count)];
        process.MayCrash(CrashSite.Waiting, 500);
        if (what.IsShared && random.Next(30) == 0)
            group.Rebalance();
        switch (random.Next(300))
        {
            case 0:
                Start(); // A second instance takes over while the first still believes that it is the owner.
                break;
            case 1:
                process.Sleep();
                break;
            case 2:
                process.Stop();
                break;
            case 3:
                store.RollBack(what.Pipelines[random.Next(what.Pipelines.Count)]);
                if (random.Next(2) == 0)
                    Start(); // Acquires, perhaps, with an epoch that has been given before.
                break;
            case 4:
                store.Vanish(what.Pipelines[random.Next(what.Pipelines.Count)]);
                break;
        }

        if (random.Next(60) == 0)
            process.Wake();
    }
}
