using System.Reactive;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>
/// One seed: processes that run the same pipeline one after the other, and as zombies beside one another, on a store and a broker that
/// do everything a real one may do. What is delivered in the end must be what an undisturbed run delivers.
/// </summary>
internal sealed class CrashSimulation : IIncidentSink
{
    private const string Name = "simulated";

    private static readonly CheckpointOptions Checkpoints = new() { Interval = TimeSpan.FromSeconds(1), MaximumUncommittedViews = 1000 };

    private readonly SplitMix random;
    private readonly SimulatedStore store;
    private readonly ManualTimeProvider clock = new();
    private readonly SortedDictionary<string, string> delivered = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<IReadOnlyList<TestView>> partitions;
    private readonly List<Process> processes = [];

    public CrashSimulation(ulong seed, IReadOnlyList<TestView> views, bool disturbed)
    {
        random = new SplitMix(seed);
        store = new SimulatedStore(random) { IsQuiet = !disturbed };
        store.Crashed += () => processes.ForEach(process => process.Kill());
        partitions = [.. views.GroupBy(view => view.Title.Length % 3).OrderBy(group => group.Key).Select(group => group.ToList())];
        IsDisturbed = disturbed;
    }

    public int Starts { get; private set; }

    public int Faults => store.Faults;

    private bool IsDisturbed { get; }

    /// <summary>Every change that reached the sink, once each, by incident and moment; a change that came in two versions shows as two.</summary>
    public IReadOnlyList<string> Run()
    {
        SingleThread.Run(thread =>
        {
            Start();
            for (var step = 0; !processes[^1].HasEnded; step++)
            {
                Assert.True(step < 100_000, "The simulation does not come to its end.");
                Step();
                thread.RunAll();
                if (processes[^1].IsDead)
                    Start();
            }

            foreach (var process in processes.Where(process => !process.IsDead))
                process.Check();
        });
        return [.. delivered.Values];
    }

    Task IIncidentSink.DeliverAsync(string pipeline, IReadOnlyList<OutboxEntry> entries, CancellationToken cancel)
    {
        foreach (var (_, change) in entries)
        {
            var json = System.Text.Json.JsonSerializer.Serialize(change, IncidentJson.Readable.IncidentChange);
            var key = $"{change.Incident.Id} {change.Incident.UpdatedAt:O} {change.Transition}";
            if (!delivered.TryAdd(key, json))
                Assert.Equal(delivered[key], json);
        }

        return Task.CompletedTask;
    }

    private void Start()
    {
        Starts++;
        var broker = new SimulatedBroker(partitions, random);
        var pipeline = new CheckpointedPipeline(Name, new PipelineOptions(), Checkpoints, store, this, clock, Observer.Create<CheckpointEvent>(_ => { }));
        processes.Add(new Process(broker, pipeline.RunAsync(broker, CancellationToken.None)));
    }

    private void Step()
    {
        // Zombies go on, too: they read, and try to commit.
        processes[random.Next(4) > 0 ? processes.Count - 1 : random.Next(processes.Count)].Broker.Push();
        store.Step();
        if (random.Next(8) == 0)
            clock.Advance(TimeSpan.FromMilliseconds(400));
        if (!IsDisturbed)
            return;
        switch (random.Next(400))
        {
            case 0:
                Start(); // A second instance takes over while the first still believes that it is the owner.
                break;
            case 1:
                store.RollBack(Name);
                break;
            case 2:
                processes[^1].Kill();
                break;
        }
    }

    private sealed class Process(SimulatedBroker broker, Task run)
    {
        public SimulatedBroker Broker => broker;

        public bool IsDead { get; private set; }

        public bool HasEnded => !IsDead && run.IsCompleted && run.Exception?.InnerException is null;

        public void Kill()
        {
            IsDead = true;
            broker.Disconnect();
        }

        /// <summary>Whoever did not end well was refused as a zombie.</summary>
        public void Check()
        {
            if (run.IsFaulted)
                Assert.IsType<OwnershipLostException>(run.Exception!.InnerException);
        }
    }
}
