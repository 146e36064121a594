using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Tests.Control;

/// <summary>Silences begin, end soon and end by event time. Detection goes on beneath them.</summary>
public sealed class SilenceTests : IDisposable
{
    private readonly ControlRig rig = new(new ControlOptions { MaximumSilences = 3 });

    public void Dispose() => rig.Dispose();

    [Fact]
    public void Silence_AboveAnOpenIncident_IsToldFromBeginToEnd()
    {
        rig.Open("i");
        rig.Open("other", "q");
        Silence("s", new("p"), 10, 60);
        rig.Advance(30);
        rig.Change(IncidentTransition.Updated, "i", IncidentReason.SeverityRaised);
        rig.Advance(100);

        Assert.Equal(
            [
                "0 i Opened []", "0 other Opened []", "10 i Updated/Silenced [s] ann", "30 i Updated/SeverityRaised [s]",
                "45 i Updated/SilenceEndsSoon [s]", "60 i Updated/SilenceEnded []",
            ],
            rig.Lines);
        Assert.Equal("why", rig.Told[2].Incident.Trail[^1].Note);
    }

    [Fact]
    public void Incident_ThatOpensBeneathASilence_SaysSoAtOnce()
    {
        Silence("s", new("p"), 0, 60);
        rig.Advance(50);
        rig.Open("i");
        rig.Change(IncidentTransition.Closed, "i", IncidentReason.Calm);
        rig.Advance(100);

        Assert.Equal(["50 i Opened [s]", "50 i Closed/Calm [s]"], rig.Lines);
    }

    [Fact]
    public void Incident_ThatReopensBeneathASilence_IsBeneathItAgain()
    {
        rig.Open("i");
        rig.Change(IncidentTransition.Closed, "i", IncidentReason.Calm);
        Silence("s", new("p"), 0, 60);
        rig.Advance(5);
        rig.Change(IncidentTransition.Reopened, "i");
        rig.Advance(61);

        Assert.Equal(
            ["5 i Reopened [s]", "45 i Updated/SilenceEndsSoon [s]", "60 i Updated/SilenceEnded []"], rig.Lines.Skip(2));
    }

    [Fact]
    public void Incident_WhoseTitleTextComesLater_IsBeneathTheSilenceOfThatText()
    {
        rig.Open("i", title: "v-1");
        Silence("s", new(Title: "Frozen*"), 0, 60);
        rig.Advance(1);
        rig.Change(IncidentTransition.Updated, "i", IncidentReason.SeverityRaised, "Frozen Corazón");

        Assert.Equal("1 i Updated/SeverityRaised [s]", rig.Lines[^1]);
    }

    [Fact]
    public void SilencesThatOverlap_OnlyTheLastEndIsAnnounced()
    {
        rig.Open("i");
        Silence("short", new("p"), 0, 60);
        Silence("long", new("*"), 10, 90);
        rig.Advance(100);

        Assert.Equal(
            [
                "0 i Opened []", "0 i Updated/Silenced [short] ann", "10 i Updated/Silenced [short,long] ann",
                "60 i Updated/SilenceEnded [long]", "75 i Updated/SilenceEndsSoon [long]", "90 i Updated/SilenceEnded []",
            ],
            rig.Lines);
    }

    [Fact]
    public void SilenceThatBeginsWhenAnotherEnds_LeavesNoGap()
    {
        rig.Open("i");
        Silence("first", new("p"), 0, 20);
        Silence("second", new("p"), 20, 30);
        rig.Advance(21);

        Assert.Equal(["20 i Updated/Silenced [first,second] ann", "20 i Updated/SilenceEnded [second]"], rig.Lines.TakeLast(2));
    }

    /// <summary>A silence that is hardly longer than the warning begins, and ends.</summary>
    [Fact]
    public void Silence_ShorterThanItsWarning_DoesNotWarn()
    {
        rig.Open("i");
        Silence("s", new("p"), 5, 20);
        rig.Advance(100);

        Assert.Equal(["5 i Updated/Silenced [s] ann", "20 i Updated/SilenceEnded []"], rig.Lines.Skip(1));
    }

    [Fact]
    public void Expire_SilenceInForceAndSilenceToCome_EndBothAndOnlyOnce()
    {
        rig.Open("i");
        Silence("now", new("p"), 0, 60);
        Silence("later", new("p"), 30, 60);
        rig.Advance(10);

        Assert.Equal(CommandStatus.Done, rig.Execute(new ExpireSilenceCommand("1", "bob", "now", "Done")).Status);
        Assert.Equal(CommandStatus.Done, rig.Execute(new ExpireSilenceCommand("2", "bob", "later")).Status);
        Assert.Equal(CommandStatus.Refused, rig.Execute(new ExpireSilenceCommand("3", "bob", "later")).Status);
        rig.Advance(100);

        Assert.Equal(["0 i Opened []", "0 i Updated/Silenced [now] ann", "10 i Updated/SilenceEnded [] bob"], rig.Lines);
    }

    [Fact]
    public void Silence_OneTooMany_IsRefused()
    {
        for (var i = 0; i < 3; i++)
            Silence($"{i}", new($"p{i}"), 0, 10);

        Assert.Contains("Control:MaximumSilences", Execute("3", new("p"), 0, 10).Reason, StringComparison.Ordinal);
        rig.Advance(11);
        Assert.Equal(CommandStatus.Done, Execute("4", new("p"), 10, 20).Status);
    }

    [Fact]
    public void SilencesThatEndedInALeapOfEventTime_AreToldInTheirOrder()
    {
        rig.Open("i");
        rig.Open("j", "q");
        Silence("late", new("p"), 10, 50);
        Silence("early", new("q"), 20, 40);
        rig.Advance(1000);

        Assert.Equal(
            [
                "10 i Updated/Silenced [late] ann", "20 j Updated/Silenced [early] ann", "25 j Updated/SilenceEndsSoon [early]",
                "35 i Updated/SilenceEndsSoon [late]", "40 j Updated/SilenceEnded []", "50 i Updated/SilenceEnded []",
            ],
            rig.Lines.Skip(2));
    }

    /// <summary>The stage above may have set its timer for the same time earlier, or later as after a restore.</summary>
    [Fact]
    public void IncidentThatEndsWhenTheSilenceEnds_ComesAfterTheSilence()
    {
        rig.Open("i");
        Silence("s", new("p"), 0, 10);
        rig.Advance(10 - 1.0 / 60_000);
        rig.Advance(10 + 1.0 / 60_000);
        rig.Change(IncidentTransition.Expired, "i", IncidentReason.NoViews);

        Assert.Equal(["10 i Updated/SilenceEnded []", "10 i Expired/NoViews []"], rig.Lines.TakeLast(2));
    }

    [Fact]
    public void Summaries_OfSilences_SayHowFarTheyHaveComeAndWhoHasEndedThem()
    {
        Silence("later", new("q"), 30, 60);
        Silence("now", new("p"), 0, 60);
        Silence("short", new("r"), 0, 10);
        rig.Advance(20);
        rig.Execute(new ExpireSilenceCommand("1", "bob", "now", "Done"));

        Assert.Equal(["later False"], rig.Silences.Summaries.Select(silence => $"{silence.Id} {silence.IsActive}"));
        Assert.Equal(
            [("now", ControlRig.At(20), "bob", "Done"), ("short", ControlRig.At(10), null, null)],
            rig.Silences.Ended.Latest.Select(ended => (ended.Silence.Id, ended.At!.Value, ended.By, ended.Note)));
        rig.Advance(31);
        Assert.Equal(["later True"], rig.Silences.Summaries.Select(silence => $"{silence.Id} {silence.IsActive}"));
    }

    [Fact]
    public void Ended_MoreSilencesThanAreKept_KeepsTheLatest()
    {
        var ended = new EndedSilences();
        for (var i = 0; i <= EndedSilences.Most; i++)
            ended.Add(new(new($"{i}", "ann", "why", new("p"), default, default, true, null), null, null, null));

        Assert.Equal(EndedSilences.Most, ended.Latest.Count);
        Assert.Equal(($"{EndedSilences.Most}", "1"), (ended.Latest[0].Silence.Id, ended.Latest[^1].Silence.Id));
    }

    private void Silence(string id, IncidentMatcher matcher, double from, double to) =>
        Assert.Equal(CommandStatus.Done, Execute(id, matcher, from, to).Status);

    private CommandOutcome Execute(string id, IncidentMatcher matcher, double from, double to) => rig.Execute(
        new SilenceCommand(id, "ann", matcher, "why") { StartsAt = ControlRig.At(from), EndsAt = ControlRig.At(to) });
}
