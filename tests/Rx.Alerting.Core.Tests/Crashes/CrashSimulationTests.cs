using Rx.Alerting.Core.Tests.Pipeline;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>Whatever crashes, fails or comes back older: incidents are those of an undisturbed run.</summary>
public sealed class CrashSimulationTests
{
    /// <summary>A seed to replay: make sim SEED=… with what a failure has printed.</summary>
    private static readonly string? Replayed = Environment.GetEnvironmentVariable("RX_ALERTING_SEED");

    private static readonly IReadOnlyList<TestView> Views = Broken();

    [Fact]
    public void Incidents_CrashedAtAnyCall_AreThoseOfAnUndisturbedRun()
    {
        var expected = new CrashSimulation(1, Views, disturbed: false).Run();
        Assert.NotEmpty(expected);
        var (starts, faults) = (0, 0);
        ulong[] seeds = string.IsNullOrEmpty(Replayed) ? [.. Enumerable.Range(1, 1000).Select(seed => (ulong)seed)] : [ulong.Parse(Replayed, System.Globalization.CultureInfo.InvariantCulture)];
        foreach (var seed in seeds)
        {
            var simulation = new CrashSimulation(seed, Views, disturbed: true);
            try
            {
                Assert.Equal(expected, simulation.Run());
            }
            catch (Exception failure)
            {
                Assert.Fail($"Seed {seed}, after {simulation.Starts} starts and {simulation.Faults} faults: {failure}");
            }

            starts += simulation.Starts;
            faults += simulation.Faults;
        }

        Assert.True(starts > 2 * seeds.Length && faults > seeds.Length, $"{starts} starts and {faults} faults are too few to show anything.");
    }

    private static IReadOnlyList<TestView> Broken()
    {
        var one = new TestTraffic(11) { Step = 3000 }.Add(1500, "one", ("a", 0.01)).Add(150, "one", ("a", 0.6)).Add(900, "one", ("a", 0.01));
        var two = new TestTraffic(12) { Step = 4000 };
        for (var i = 0; i < 120; i++)
            two.Add(9, "two", ("a", 0.02)).Add(1, "two", "broken", ("c", i is > 40 and < 80 ? 0.9 : 0));
        return TestTraffic.Merge(one, two);
    }
}
