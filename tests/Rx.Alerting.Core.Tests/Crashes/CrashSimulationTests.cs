using System.Collections.Concurrent;
using System.Globalization;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>
/// Processes crash, stores fail, partitions move, stores go back. Incidents and state must be those of an undisturbed run.
/// </summary>
public sealed class CrashSimulationTests
{
    private const int Seeds = 2000;

    /// <summary>The seed to repeat: <c>make sim SEED=…</c> with the seed that a failure has printed.</summary>
    private static readonly string? Replayed = Environment.GetEnvironmentVariable("RX_ALERTING_SEED");

    private static readonly IReadOnlyList<CrashOutcome> Expected =
        [.. CrashCase.All.Select(what => new CrashSimulation(1, what, disturbed: false).Run())];

    [Fact]
    public void Undisturbed_HoweverTheStreamIsCut_HasTheSameIncidents()
    {
        Assert.Contains(Expected[0].Incidents, change => change.Contains("\"expired\"", StringComparison.Ordinal));
        Assert.Contains(Expected[0].Incidents, change => change.Contains("\"closed\"", StringComparison.Ordinal));
        foreach (var reason in (string[])["silenced", "silence_ends_soon", "silence_ended"])
            Assert.Contains(Expected[0].Incidents, change => change.Contains($"\"reason\":\"{reason}\"", StringComparison.Ordinal));
        foreach (var outcome in Expected)
        {
            Assert.Equal(Expected[0].Incidents, outcome.Incidents);
            Assert.Equal(Expected[0].Board, outcome.Board);
            Assert.All(outcome.Receivers.Values, receiver => receiver.AssertComplete(outcome.Decided));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Seed_RunTwice_DoesTheSame(ulong seed)
    {
        var (first, second) = (Simulate(seed), Simulate(seed));

        Assert.Equal(first.Crashes, second.Crashes);
        Assert.Equal(first.Faults, second.Faults);
    }

    [Fact]
    public void Incidents_CrashedAnywhere_AreThoseOfAnUndisturbedRun()
    {
        if (!string.IsNullOrEmpty(Replayed))
        {
            Simulate(ulong.Parse(Replayed, CultureInfo.InvariantCulture));
            return;
        }

        var done = new ConcurrentBag<Disturbances>();
        var failures = new ConcurrentBag<Exception>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(1, Seeds + 1, options, (seed, loop) =>
        {
            try
            {
                done.Add(Simulate((ulong)seed));
            }
            catch (Exception failure)
            {
                failures.Add(failure);
                loop.Stop();
            }
        });

        if (failures.TryTake(out var first))
            Assert.Fail(first.Message);
        Assert.All(
            Enum.GetValues<CrashSite>(), site => Assert.True(done.Any(seed => seed.Crashes[(int)site] > 0), $"No seed crashes at {site}."));
        Assert.True(done.Sum(seed => seed.Rewrites) > Seeds / 10, "Too seldom has anybody written anew what was gone.");
        Assert.True(done.Sum(seed => seed.Refusals) > Seeds / 10, "Too seldom was a checkpoint in part refused.");
        Assert.True(done.Sum(seed => seed.Faults) > Seeds, "Too few calls have failed to show anything.");
    }

    /// <exception cref="InvalidOperationException">The result is not that of an undisturbed run. The message says how to repeat the
    /// run.</exception>
    private static Disturbances Simulate(ulong seed)
    {
        var which = (int)(seed % (ulong)CrashCase.All.Count);
        var simulation = new CrashSimulation(seed, CrashCase.All[which], disturbed: true);
        try
        {
            var outcome = simulation.Run();
            Assert.Equal(Expected[which].Incidents, outcome.Incidents);
            Assert.All(outcome.Receivers.Values, receiver => receiver.AssertComplete(Expected[which].Decided));
            Assert.Equal(Expected[which].Board, outcome.Board);
            Assert.Equal(Expected[which].State, outcome.State);
            return simulation.Disturbances;
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException(
                $"make sim SEED={seed} repeats this, after {simulation.Starts} starts, "
                + $"{simulation.Disturbances.Crashes.Sum()} crashes and {simulation.Disturbances.Faults} faults: {failure}");
        }
    }
}
