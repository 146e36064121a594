using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Tests.Pipeline;

namespace Rx.Alerting.Core.Tests.Control;

/// <summary>A restore at any moment leaves no trace, and changes bring a store from one state to the next.</summary>
public sealed class ControlStateTests
{
    private static readonly ControlOptions Options = new() { EndsSoon = TimeSpan.FromMinutes(5), RememberedCommands = 100 };

    private static readonly IReadOnlyList<Action<ControlRig>> Steps =
    [
        rig => rig.Open("b", "p"),
        rig => rig.Open("a", "p", "v-1"),
        rig => rig.Execute(new AcknowledgeCommand("1", "ann", "a", "Mine")),
        rig => rig.Execute(Silence("now", new("p", ErrorType: "e"), 20) with { StartsAt = null }),
        rig => rig.Execute(Silence("later", new("?"), 60) with { StartsAt = ControlRig.At(15) }),
        rig => rig.Execute(new MaintenanceCommand("m", "bob", new(Title: "v-*"), "*/30 * * * *", "UTC", TimeSpan.FromMinutes(10), "x")),
        rig => rig.Execute(Set("o1", ("Detection:MinimumErrors", "7"), ("Incidents:UpdateInterval", "10m"))),
        rig => rig.Execute(new PauseCommand("p1", "ann", "Broker moves")),
        rig => rig.Execute(Set("o2", ("Detection:MinimumErrors", null), ("Detection:MinimumExcess", "2.5"))),
        rig => rig.Execute(new ResumeCommand("p2", "bob")),
        rig => rig.Advance(16),
        rig => rig.Open("c", "q"),
        rig => rig.Change(IncidentTransition.Closed, "b", IncidentReason.Calm),
        rig => rig.Execute(new CloseCommand("2", "bob", "a", "Fixed")),
        rig => rig.Advance(22),
        rig => rig.Change(IncidentTransition.Reopened, "b"),
        rig => rig.Execute(new AcknowledgeCommand("1", "ann", "a", "Mine")),
        rig => rig.Execute(new ExpireSilenceCommand("3", "bob", "later")),
        rig => rig.Advance(200),
        rig => rig.Execute(new EndMaintenanceCommand("4", "bob", "m")),
        rig => rig.Execute(Silence("5", new("*"), 1000)),
        rig => rig.Advance(1197), // Between the warning and the end.
        rig => rig.Advance(1500),
        rig => rig.Change(IncidentTransition.Expired, "b", IncidentReason.NoViews),
        rig => rig.Execute(Set("o3", ("Incidents:UpdateInterval", null), ("Detection:MinimumExcess", null))),
        rig => rig.Execute(new PauseCommand("p3", "bob")),
    ];

    [Fact]
    public void Restore_AfterEachStep_GoesOnAsIfNothingHadHappened()
    {
        var expected = Run((rig, _) => rig);

        Assert.Contains(expected.Lines, line => line.Contains(nameof(IncidentReason.SilenceEndsSoon), StringComparison.Ordinal));
        for (var after = 0; after < Steps.Count; after++)
            AssertSame(expected, Run((rig, step) => step == after ? rig.Restore() : rig));
        AssertSame(expected, Run((rig, _) => rig.Restore()));

        static void AssertSame(ControlRig expected, ControlRig actual)
        {
            Assert.Equal(PipelineRun.Json(expected.Told), PipelineRun.Json(actual.Told));
            Assert.Equal(expected.Outcomes, actual.Outcomes);
            Assert.Equal(Hex(expected.States.Save()), Hex(actual.States.Save()));
        }
    }

    [Fact]
    public void TakeChanges_AfterEachStep_TakeTheStoreFromOneStateToTheNext()
    {
        var kept = new Dictionary<StateKey, StateEntry>();
        var rig = new ControlRig(Options);
        foreach (var step in Steps)
        {
            step(rig);
            var changes = rig.States.TakeChanges();
            Assert.All(changes.Removed, key => Assert.True(kept.Remove(key)));
            foreach (var entry in changes.Written)
                kept[entry.Key] = entry with { Value = entry.Value.ToArray() };

            Assert.Equal(Hex(rig.States.Save()), Hex(kept.Values));
        }
    }

    [Fact]
    public void Load_IncidentBeneathASilenceThatIsNotThere_IsRefused()
    {
        var rig = new ControlRig(Options);
        rig.Open("i");
        rig.Execute(Silence("s", new("p"), 60));
        var damaged = rig.States.Save()
            .Where(entry => entry.Key is not { Section: StateSections.Commands, High: ControlState.SilenceEntry });

        Assert.Throws<CheckpointFormatException>(() => new ControlRig(Options, [.. damaged]));
    }

    private static SetOptionsCommand Set(string id, params (string Key, string? Value)[] options) =>
        new(id, "ann", [.. options.Select(option => KeyValuePair.Create(option.Key, option.Value))], "Quieter");

    private static SilenceCommand Silence(string id, IncidentMatcher matcher, int minutes) =>
        new(id, "ann", matcher, "why") { Duration = TimeSpan.FromMinutes(minutes) };

    private static ControlRig Run(Func<ControlRig, int, ControlRig> between)
    {
        var rig = new ControlRig(Options);
        for (var step = 0; step < Steps.Count; step++)
        {
            Steps[step](rig);
            rig = between(rig, step);
        }

        return rig;
    }

    private static IEnumerable<string> Hex(IEnumerable<StateEntry> entries) =>
        entries.Select(entry => $"{entry.Key} {Convert.ToHexString(entry.Value.Span)}").Order(StringComparer.Ordinal);
}
