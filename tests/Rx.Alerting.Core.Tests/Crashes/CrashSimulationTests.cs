using System.Collections.Concurrent;
using System.Globalization;
using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>
/// Processes crash, stores fail, partitions move, stores go back. Incidents and state must be those of an undisturbed run.
/// </summary>
public sealed class CrashSimulationTests
{
    private const int Seeds = 500;

    /// <summary>The seed to repeat: <c>make sim SEED=…</c> with the seed that a failure has printed.</summary>
    private static readonly string? Replayed = Environment.GetEnvironmentVariable("RX_ALERTING_SEED");

    private static readonly IReadOnlyList<CrashOutcome> Expected =
        [.. CrashCase.All.Select(what => new CrashSimulation(1, what, [], disturbed: false).Run())];

    [Fact]
    public void Undisturbed_HoweverTheStreamIsCut_HasTheSameIncidents()
    {
        Assert.Contains(Expected[0].Incidents, change => change.Contains("\"expired\"", StringComparison.Ordinal));
        Assert.Contains(Expected[0].Incidents, change => change.Contains("\"closed\"", StringComparison.Ordinal));
        foreach (var reason in (string[])["silenced", "silence_ends_soon", "silence_ended"])
            Assert.Contains(Expected[0].Incidents, change => change.Contains($"\"reason\":\"{reason}\"", StringComparison.Ordinal));
        Assert.Contains(Expected[0].Incidents, change => change.Contains("\"explained_by\":\"cause\"", StringComparison.Ordinal));
        Assert.Contains(Expected[0].Incidents, change => change.Contains("\"value\":\"fastly\"", StringComparison.Ordinal));
        foreach (var outcome in Expected)
        {
            Assert.Equal(Expected[0].Incidents, outcome.Incidents);
            Assert.Equal(Expected[0].Board, outcome.Board);
            Assert.All(outcome.Receivers.Values, receiver => receiver.AssertComplete(outcome.Decided));
            Assert.All(outcome.People.Values, people => Assert.True(people.Arrivals > 3, "Hardly anything is told."));
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
        Assert.True(done.Sum(seed => seed.Resumed) > Seeds / 10, "Too seldom has anybody found a pipeline paused.");
        Assert.True(done.Sum(seed => seed.RepeatedAnswers) > Seeds, "Too few commands were answered more than once.");
    }

    /// <summary>What people decide by the seeds is worth the simulation.</summary>
    [Fact]
    public void Commands_OfSomeSeeds_DoEverythingThatCommandsCan()
    {
        var done = new HashSet<(Type Command, CommandStatus Status)>();
        var reasons = new HashSet<IncidentReason?>();
        for (var seed = 0UL; seed < 20; seed++)
        {
            foreach (var what in CrashCase.All.Where(what => what.Decisions == DecisionMoments.AtPlaces))
            {
                var plan = Plan(seed, what);
                var outcome = Undisturbed(seed, what, plan);
                done.UnionWith(plan.SelectMany(planned => planned.Commands)
                    .Select(command => (command.GetType(), outcome.Outcomes[command.Id].Status)));
                reasons.UnionWith(CommandEffects.Incidents(outcome).SelectMany(incident => incident.Trail).Select(line => line.Reason));
            }
        }

        foreach (var status in (CommandStatus[])[CommandStatus.Done, CommandStatus.Refused])
        {
            Assert.Contains((typeof(AcknowledgeCommand), status), done);
            Assert.Contains((typeof(CloseCommand), status), done);
            Assert.Contains((typeof(ExpireSilenceCommand), status), done);
            Assert.Contains((typeof(EndMaintenanceCommand), status), done);
            Assert.Contains((typeof(SetOptionsCommand), status), done);
            Assert.Contains((typeof(ForgetCommand), status), done);
        }

        foreach (var type in (Type[])[typeof(SilenceCommand), typeof(PauseCommand), typeof(ResumeCommand)])
            Assert.Contains((type, CommandStatus.Done), done);
        Assert.Contains((typeof(MaintenanceCommand), CommandStatus.Done), done);
        Assert.Contains((typeof(AcknowledgeCommand), CommandStatus.AlreadySo), done);
        foreach (var reason in (IncidentReason[])[IncidentReason.Silenced, IncidentReason.SilenceEndsSoon, IncidentReason.SilenceEnded])
            Assert.Contains(reason, reasons);
    }

    private static IReadOnlyList<PlannedCommand> Plan(ulong seed, CrashCase what) =>
        what.Decisions == DecisionMoments.None ? [] : CommandPlan.Of(seed, what, CommandEffects.Incidents(Expected[0]));

    private static CrashOutcome Undisturbed(ulong seed, CrashCase what, IReadOnlyList<PlannedCommand> plan)
    {
        if (what.Decisions == DecisionMoments.None)
            return Expected[CrashCase.All.TakeWhile(other => other != what).Count()];
        var outcome = new CrashSimulation(seed, what, plan, disturbed: false).Run();
        CommandEffects.AssertOnce(plan, outcome);
        return outcome;
    }

    /// <exception cref="InvalidOperationException">The result is not that of an undisturbed run. The message says how to repeat the
    /// run.</exception>
    private static Disturbances Simulate(ulong seed)
    {
        var what = CrashCase.All[(int)(seed % (ulong)CrashCase.All.Count)];
        var plan = Plan(seed, what);
        var simulation = new CrashSimulation(seed, what, plan, disturbed: true);
        try
        {
            var outcome = simulation.Run();
            AssertTold(simulation, outcome);
            if (what.Decisions == DecisionMoments.AtAnyMoment)
                AssertOnce(plan, simulation, outcome);
            else
                AssertSame(Undisturbed(seed, what, plan), outcome);
            simulation.Disturbances.RepeatedAnswers = simulation.Sender.Repeated;
            simulation.Disturbances.Resumed = simulation.Sender.Resumed;
            return simulation.Disturbances;
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException(
                $"make sim SEED={seed} repeats this, after {simulation.Starts} starts, "
                + $"{simulation.Disturbances.Crashes.Sum()} crashes and {simulation.Disturbances.Faults} faults: {failure}");
        }
    }

    /// <summary>A process that goes on after the store has lost something may have an epoch that another process has, too.</summary>
    private static void AssertTold(CrashSimulation simulation, CrashOutcome outcome)
    {
        foreach (var (channel, people) in outcome.People)
        {
            if (!simulation.HasLost)
                people.AssertNotRepeated();
            people.AssertUpToDate(outcome.Board, outcome.GivenUp[channel]);
        }
    }

    private static void AssertSame(CrashOutcome expected, CrashOutcome outcome)
    {
        outcome.Decided.AssertComplete(expected.Decided);
        Assert.All(outcome.Receivers.Values, receiver => receiver.AssertComplete(expected.Decided));
        Assert.Equal(expected.Incidents, outcome.Incidents);
        Assert.Equal(expected.Board, outcome.Board);
        Assert.Equal(expected.State, outcome.State);
    }

    /// <summary>A process that is killed may have decided what the next one decides otherwise, but nobody was told.</summary>
    private static void AssertOnce(IReadOnlyList<PlannedCommand> plan, CrashSimulation simulation, CrashOutcome outcome)
    {
        outcome.Decided.AssertFaultless(mayContradict: true);
        Assert.All(outcome.Receivers.Values, receiver => receiver.AssertFaultless(mayContradict: simulation.HasLost));
        simulation.Sender.AssertKept(outcome.Outcomes);
        CommandEffects.AssertOnce(plan, outcome);
    }
}
