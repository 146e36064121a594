using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Detection;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Tests.Control;

/// <summary>Options at run time, pauses, and ids that come again for another command.</summary>
public sealed class OperationTests : IDisposable
{
    private const string Errors = "Detection:MinimumErrors", Silence = "Incidents:ExpireAfterSilence";

    private ControlRig rig = new();

    public void Dispose() => rig.Dispose();

    [Fact]
    public void SetOptions_Several_AnswersTheOldAndTheNewValues()
    {
        var first = Set("1", (Errors, "7"), (Silence, "2d"));
        rig.Advance(1);
        var second = Set("2", (Errors, null), ("Detection:MinimumExcess", "2"));

        Assert.Equal((CommandStatus.Done, $"{Errors} 5 → 7, {Silence} 1d → 2d (version 1)"), (first.Status, first.Reason));
        Assert.Equal($"{Errors} 7 → 5, Detection:MinimumExcess 4 → 2 (version 2)", second.Reason);
        Assert.Equal((5, 2.0), (rig.InForce.Detection.MinimumErrors, rig.InForce.Detection.MinimumExcess));
        Assert.Equal(
            [
                new AdjustedOption("Detection:MinimumExcess", "2", 2, "ann", "why", ControlRig.At(1)) { Configured = "4" },
                new AdjustedOption(Silence, "2d", 1, "ann", "why", ControlRig.At(0)) { Configured = "1d" },
            ],
            rig.Operation.Options);
    }

    [Fact]
    public void SetOptions_AsTheyAre_IsNoChange()
    {
        Set("1", (Errors, "7"));

        Assert.Equal(CommandStatus.AlreadySo, Set("2", (Errors, "07")).Status);
        Assert.Equal(CommandStatus.AlreadySo, Set("3", (Silence, null)).Status);
        Assert.Equal(1, rig.Operation.Version);
    }

    /// <summary>Whoever sets an option to what is configured wants it so, whatever is configured later.</summary>
    [Fact]
    public void SetOptions_ToWhatIsConfigured_HoldsOverALaterConfiguration()
    {
        Assert.Equal(CommandStatus.Done, Set("1", (Errors, "5")).Status);

        rig = rig.Restore(new PipelineOptions { Detection = new DetectionOptions { MinimumErrors = 9 } });

        Assert.Equal(5, rig.InForce.Detection.MinimumErrors);
        Assert.Equal(("5", "9"), (rig.Operation.Options[0].Value, rig.Operation.Options[0].Configured));
        Set("2", (Errors, null));
        Assert.Equal(9, rig.InForce.Detection.MinimumErrors);
        Assert.Empty(rig.Operation.Options);
    }

    [Fact]
    public void SetOptions_WithFaults_IsRefusedWithAllOfThem()
    {
        var outcome = Set("1", (Errors, "0"), ("Windows:PaneInterval", "1s"), ("Detection:MinimumExcess", "2"));

        Assert.Equal(CommandStatus.Refused, outcome.Status);
        Assert.StartsWith(
            $"{Errors} is 0, must be from 1 to 1000000; Windows:PaneInterval cannot be set while the service runs; "
            + "options can be Detection:TailProbability, ",
            outcome.Reason,
            StringComparison.Ordinal);
        Assert.Equal(rig.Configured, rig.InForce);
        Assert.Equal(0, rig.Operation.Version);
    }

    [Fact]
    public void Restore_ConfigurationRulesAnOptionOut_DropsThatOneAndSaysSo()
    {
        Set("1", (Errors, "7"), (Silence, "10d"));
        rig.States.TakeChanges();

        rig = rig.Restore(new PipelineOptions { Windows = new WindowOptions { TitleExpiry = TimeSpan.FromDays(5) } });

        Assert.Equal(
            [$"{Silence} = 10d, set by ann, is dropped: {Silence} is 10d, must not be longer than Windows:TitleExpiry, 5d"], rig.Dropped);
        Assert.Equal((7, TimeSpan.FromDays(1)), (rig.InForce.Detection.MinimumErrors, rig.InForce.Incidents.ExpireAfterSilence));
        Assert.Equal((2, Errors), (rig.Operation.Version, Assert.Single(rig.Operation.Options).Key));
        rig = rig.Restore(new PipelineOptions());
        Assert.Empty(rig.Dropped);
        Assert.Equal(TimeSpan.FromDays(1), rig.InForce.Incidents.ExpireAfterSilence);
    }

    [Fact]
    public void PauseAndResume_Twice_SayWhoHasDoneIt()
    {
        Assert.Equal((CommandStatus.AlreadySo, "the pipeline is not paused"), Outcome(new ResumeCommand("0", "bob")));
        Assert.Equal((CommandStatus.Done, null), Outcome(new PauseCommand("1", "ann", "The broker moves")));
        Assert.Equal(
            (CommandStatus.AlreadySo, "ann has paused the pipeline at 2023-11-14 22:13:20Z"), Outcome(new PauseCommand("2", "bob")));
        rig = rig.Restore();
        Assert.Equal(new Pause("ann", "The broker moves", ControlRig.At(0)), rig.Operation.Paused);
        Assert.Equal(
            (CommandStatus.Done, "ann had paused the pipeline at 2023-11-14 22:13:20Z"), Outcome(new ResumeCommand("3", "bob")));
        rig = rig.Restore();
        Assert.Null(rig.Operation.Paused);
    }

    [Fact]
    public void Forget_WhatCannotBe_SaysWhy()
    {
        Assert.Equal((CommandStatus.Done, null), Outcome(new ForgetCommand("1", "ann", "p")));
        rig.KeepsKeys = "nothing is known of property q";
        Assert.Equal((CommandStatus.Refused, rig.KeepsKeys), Outcome(new ForgetCommand("2", "ann", "q")));
        Assert.Equal(
            (CommandStatus.Refused, "property must have 1 to 500 characters; title must have 1 to 500 characters; "
                + "comment must have at most 2000 characters"),
            Outcome(new ForgetCommand("3", "ann", "", "", Comment: new string('c', 2001))));
    }

    public static TheoryData<ControlCommand, ControlCommand, bool> SameIds { get; } = new()
    {
        { new PauseCommand("c", "ann", "x"), new PauseCommand("c", "bob", "y"), true },
        { new PauseCommand("c", "ann"), new ResumeCommand("c", "ann"), false },
        { new ForgetCommand("c", "ann", "p", "t"), new ForgetCommand("c", "ann", "p", null, "t"), false },
        { new AcknowledgeCommand("c", "ann", "i", "x"), new AcknowledgeCommand("c", "ann", "i"), true },
        { new AcknowledgeCommand("c", "ann", "i"), new CloseCommand("c", "ann", "i"), false },
        { new AcknowledgeCommand("c", "ann", "i"), new AcknowledgeCommand("c", "ann", "j"), false },
        { Silenced(1), Silenced(1) with { Comment = "other" }, true },
        { Silenced(1), Silenced(2), false },
        { Silenced(1), Silenced(1) with { Matcher = new(Title: "p") }, false },
        { Setting(("A", "1"), ("b", null)), Setting(("B", null), ("a", "1")), true },
        { Setting(("A", "1"), ("B", null)), Setting(("A", null), ("B", "1")), false },
        { new PauseCommand("c", ""), new ResumeCommand("c", ""), false },
    };

    [Theory]
    [MemberData(nameof(SameIds))]
    public void Execute_AnIdAgain_IsTheSameCommandOrIsRefused(ControlCommand first, ControlCommand second, bool isSame)
    {
        rig.Open("i");
        var outcome = rig.Execute(first);
        rig = rig.Restore();
        rig.Advance(5);
        var told = rig.Told.Count;

        var again = rig.Execute(second);

        Assert.Equal(isSame, outcome == again);
        if (!isSame)
        {
            Assert.Equal((CommandStatus.Refused, second.By, ControlRig.At(5)), (again.Status, again.By, again.At));
            Assert.Equal("id c was used for another command; choose a new one", again.Reason);
        }

        Assert.Equal(outcome, rig.Execute(first));
        Assert.Equal((1, told), (rig.Outcomes.Count, rig.Told.Count));
    }

    private static SilenceCommand Silenced(int hours) =>
        new("c", "ann", new("p"), "why") { Duration = TimeSpan.FromHours(hours) };

    private static SetOptionsCommand Setting(params (string Key, string? Value)[] options) =>
        new("c", "ann", [.. options.Select(option => KeyValuePair.Create(option.Key, option.Value))], "why");

    private CommandOutcome Set(string id, params (string Key, string? Value)[] options) => rig.Execute(Setting(options) with { Id = id });

    private (CommandStatus Status, string? Reason) Outcome(ControlCommand command)
    {
        var outcome = rig.Execute(command);
        return (outcome.Status, outcome.Reason);
    }
}
