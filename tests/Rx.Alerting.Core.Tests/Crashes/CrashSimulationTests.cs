using System.Collections.Concurrent;
using System.Globalization;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>Whatever crashes, fails, moves or comes back older: incidents and state are those of an undisturbed run.</summary>
public sealed class CrashSimulationTests
{
    private const int Seeds = 3000;

    /// <summary>A seed to replay: make sim SEED=… with what a failure has printed.</summary>
    private static readonly string? Replayed = Environment.GetEnvironmentVariable("RX_ALERTING_SEED");

    private static readonly IReadOnlyList<CrashOutcome> Expected = [.. CrashCase.All.Select(what => new CrashSimulation(1, what, disturbed: false).Run())];

    [Fact]
    public void Undisturbed_HoweverTheStreamIsCut_HasTheSameIncidents()
    {
        Assert.NotEmpty(Expected[0].Incidents);
        foreach (var outcome in Expected)
            Assert.Equal(Expected[0].Incidents, outcome.Incidents);
    }

    [Fact]
    public void Incidents_CrashedAnywhere_AreThoseOfAnUndisturbedRun()
    {
        var isReplay = !string.IsNullOrEmpty(Replayed);
        ulong[] seeds = isReplay ? [ulong.Parse(Replayed!, CultureInfo.InvariantCulture)] : [.. Enumerable.Range(1, int.Parse(Environment.GetEnvironmentVariable("RX_SEEDS") ?? "3000")).Select(seed => (ulong)seed)];
        var crashes = new ConcurrentBag<IReadOnlyList<int>>();
        var failures = new ConcurrentDictionary<ulong, string>();
        Parallel.ForEach(Partitioner.Create(seeds, loadBalance: true), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, (seed, loop) =>
        {
            if (Failure(seed, crashes) is not { } failure)
                return;
            failures[seed] = failure;
            loop.Stop();
        });

        if (!failures.IsEmpty)
            Assert.Fail(failures.MinBy(failure => failure.Key).Value);
        if (isReplay)
            return;
        var missing = Enum.GetValues<CrashSite>().Where(site => crashes.Sum(counts => counts[(int)site]) == 0);
        Console.Error.WriteLine("SITES " + string.Join(" ", Enum.GetValues<CrashSite>().Select(site => $"{site}={crashes.Sum(c => c[(int)site])}")));
        Assert.Empty(missing);
    }

    /// <summary>What went wrong with a seed; null: nothing.</summary>
    private static string? Failure(ulong seed, ConcurrentBag<IReadOnlyList<int>> crashes)
    {
        var which = (int)(seed % (ulong)CrashCase.All.Count);
        var simulation = new CrashSimulation(seed, CrashCase.All[which], disturbed: true);
        var sw = System.Diagnostics.Stopwatch.StartNew();
        try
        {
            var outcome = simulation.Run();
            Assert.Equal(Expected[which].Incidents, outcome.Incidents);
            Assert.Equal(Expected[which].State, outcome.State);
            crashes.Add(simulation.Crashes);
            Console.Error.WriteLine($"STAT {which} {sw.Elapsed.TotalMilliseconds:F1} {simulation.Starts} {simulation.Crashes.Sum()} {simulation.Faults} {simulation.Steps}");
            return null;
        }
        catch (Exception failure)
        {
            return $"make sim SEED={seed} repeats this, after {simulation.Starts} starts, {simulation.Crashes.Sum()} crashes and {simulation.Faults} faults: {failure}";
        }
    }
}
