using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Tests.Control;

/// <summary>Acknowledging and closing, and what is remembered of it.</summary>
public sealed class DecisionTests : IDisposable
{
    private readonly ControlRig rig = new(new ControlOptions { TrailEntries = 10, RememberedCommands = 100 });

    public void Dispose() => rig.Dispose();

    [Fact]
    public void Acknowledge_OpenIncident_IsToldAndCarriedUntilTheEnd()
    {
        rig.Open("i");
        rig.Advance(1);
        var outcome = rig.Execute(new AcknowledgeCommand("c", "ann", "i", "Mine"));
        rig.Advance(2);
        rig.Change(IncidentTransition.Updated, "i", IncidentReason.SeverityRaised);
        rig.Change(IncidentTransition.Closed, "i", IncidentReason.Calm);

        Assert.Equal(new CommandOutcome("c", "ann", CommandStatus.Done, null, ControlRig.At(1)), outcome);
        Assert.Equal(
            ["0 i Opened []", "1 i Updated/Acknowledged [] ann", "2 i Updated/SeverityRaised []", "2 i Closed/Calm []"], rig.Lines);
        Assert.All(rig.Told.Skip(1), change =>
            Assert.Equal(new Acknowledgement("ann", ControlRig.At(1), "Mine"), change.Incident.Acknowledgement));
    }

    [Fact]
    public void Acknowledge_WhatCannotBe_SaysWhy()
    {
        rig.Open("open");
        rig.Open("ended");
        rig.Change(IncidentTransition.Closed, "ended", IncidentReason.Calm);
        rig.Execute(new AcknowledgeCommand("1", "ann", "open"));

        Assert.Equal("there is no open incident nowhere", Refused(new AcknowledgeCommand("2", "bob", "nowhere")));
        Assert.StartsWith("incident ended has ended at 2023-", Refused(new CloseCommand("3", "bob", "ended")), StringComparison.Ordinal);
        var again = rig.Execute(new AcknowledgeCommand("4", "bob", "open"));
        Assert.Equal(CommandStatus.AlreadySo, again.Status);
        Assert.StartsWith("ann has acknowledged incident open", again.Reason, StringComparison.Ordinal);
        Assert.Equal(4, rig.Told.Count);

        string? Refused(ControlCommand command)
        {
            var outcome = rig.Execute(command);
            Assert.Equal(CommandStatus.Refused, outcome.Status);
            return outcome.Reason;
        }
    }

    [Fact]
    public void Execute_TheSameIdAgain_DoesNothingAndGivesTheEarlierOutcome()
    {
        rig.Open("i");
        var first = rig.Execute(new AcknowledgeCommand("c", "ann", "i"));
        rig.Advance(1);
        var lines = rig.Lines;

        Assert.Same(first, rig.Execute(new AcknowledgeCommand("c", "ann", "i")));
        Assert.Equal(lines, rig.Lines);
        Assert.Equal([first], rig.Outcomes);
    }

    [Fact]
    public void Execute_MoreThanAreRemembered_ForgetsTheOldestFirst()
    {
        for (var i = 0; i <= 100; i++)
            rig.Execute(new AcknowledgeCommand($"{i}", "ann", "nowhere"));

        rig.Execute(new AcknowledgeCommand("1", "ann", "nowhere"));
        Assert.Equal(101, rig.Outcomes.Count);
        rig.Execute(new AcknowledgeCommand("0", "ann", "nowhere"));
        Assert.Equal(102, rig.Outcomes.Count);
    }

    [Fact]
    public void Close_OpenIncident_IsClosedBySomebody()
    {
        rig.Open("i");
        rig.Advance(1);

        Assert.Equal(CommandStatus.Done, rig.Execute(new CloseCommand("c", "ann", "i", "Fixed")).Status);

        Assert.Equal(["0 i Opened []", "1 i Closed/ClosedByHand [] ann"], rig.Lines);
        Assert.Equal("Fixed", rig.Told[^1].Incident.Trail[^1].Note);
    }

    [Fact]
    public void Reopened_Incident_KeepsItsTrailAndLosesItsAcknowledgement()
    {
        rig.Open("i");
        rig.Execute(new AcknowledgeCommand("c", "ann", "i"));
        rig.Advance(1);
        rig.Change(IncidentTransition.Closed, "i", IncidentReason.Calm);
        rig.Advance(59);
        rig.Change(IncidentTransition.Reopened, "i");

        var incident = rig.Told[^1].Incident;
        Assert.Null(incident.Acknowledgement);
        Assert.Equal(
            [IncidentTransition.Opened, IncidentTransition.Updated, IncidentTransition.Closed, IncidentTransition.Reopened],
            incident.Trail.Select(entry => entry.Transition));
        Assert.Equal(CommandStatus.Done, rig.Execute(new AcknowledgeCommand("d", "bob", "i")).Status);
    }

    [Fact]
    public void Ended_LongAgo_IsForgotten()
    {
        rig.Open("i");
        rig.Change(IncidentTransition.Closed, "i", IncidentReason.Calm);
        rig.Advance(61);
        rig.Open("other");

        Assert.Equal("there is no open incident i", rig.Execute(new AcknowledgeCommand("c", "ann", "i")).Reason);
    }

    [Fact]
    public void Trail_WhenItIsFull_KeepsItsBeginAndItsEnd()
    {
        rig.Open("i");
        for (var i = 1; i <= 30; i++)
        {
            rig.Advance(i);
            rig.Change(IncidentTransition.Updated, "i", IncidentReason.AffectedViewsDoubled);
        }

        var minutes = rig.Told[^1].Incident.Trail.Select(entry => (int)(entry.At - ControlRig.At(0)).TotalMinutes);
        Assert.Equal([0, 1, 2, 3, 4, 26, 27, 28, 29, 30], minutes);
    }

    /// <summary>Two changes of one kind at one time would be one effect to a channel.</summary>
    [Fact]
    public void Changes_AtOneTime_HaveDifferentIdentities()
    {
        rig.Open("i");
        rig.Change(IncidentTransition.Updated, "i", IncidentReason.SeverityRaised);
        rig.Execute(new AcknowledgeCommand("c", "ann", "i"));
        rig.Execute(new SilenceCommand("s", "ann", new("p"), "why") { Duration = TimeSpan.FromHours(1) });
        rig.Change(IncidentTransition.Updated, "i", IncidentReason.SeverityLowered);

        Assert.Equal(5, rig.Told.Count);
        Assert.Distinct(rig.Told.Select(change => (change.Transition, change.Incident.UpdatedAt)));
        Assert.Equal(rig.Told.Select(change => change.Incident.UpdatedAt).Order(), rig.Told.Select(change => change.Incident.UpdatedAt));
    }

    /// <summary>A restore forgets an event time that a wrong clock has set.</summary>
    [Fact]
    public void Execute_AfterEventTimeWasForgotten_DoesNotGoBackInTime()
    {
        rig.Open("i");
        rig.Execute(new SilenceCommand("s", "ann", new("p"), "why") { Duration = TimeSpan.FromHours(1) });
        using var restored = new ControlRig(checkpoint: rig.States.Save(), minute: null);

        var outcomes = new[]
        {
            restored.Execute(new AcknowledgeCommand("a", "ann", "i")),
            restored.Execute(new ExpireSilenceCommand("e", "ann", "s")),
        };

        Assert.All(outcomes, outcome => Assert.Equal((CommandStatus.Done, null), (outcome.Status, outcome.At)));
        Assert.Equal(["0 i Updated/Acknowledged [s] ann", "0 i Updated/SilenceEnded [] ann"], restored.Lines);
        Assert.True(restored.Told[0].Incident.Acknowledgement?.At >= ControlRig.At(0));
    }

    [Fact]
    public void Complete_Passes()
    {
        rig.Complete();

        Assert.True(rig.IsCompleted);
    }
}
