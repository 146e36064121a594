using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;
using static Rx.Alerting.Testing.Incidents.IncidentSamples;

namespace Rx.Alerting.Core.Tests.Notifications;

/// <summary>What a channel tells, when, and what it remembers of what it does not tell.</summary>
public sealed class NotificationChannelTests
{
    private static readonly NotifierTraits Pager = new()
    {
        WantsAcknowledgements = true,
        MirrorsState = true,
        WantsOver = false,
        IsIdempotent = true,
    };

    private static readonly NotifierTraits AppendOnly = new();

    [Fact]
    public async Task Opened_IsToldAtOnce_UpdatesAreGathered_TheEndIsTold()
    {
        var scenario = await new NotificationScenario().BeginAsync();

        await scenario.ChangeAsync(At(1));
        await scenario.ChangeAsync(At(2) with { AffectedViews = 20 });
        await scenario.ChangeAsync(At(3) with { AffectedViews = 40 });
        Assert.Equal(["Opened!"], scenario.Words);
        await scenario.PassAsync(TimeSpan.FromSeconds(46));
        Assert.Equal(["Opened!", "Updated"], scenario.Words);
        Assert.Equal(40, scenario.Told[1].Incident.AffectedViews);
        Assert.Equal("ref-a", scenario.Told[1].Reference);
        await scenario.ChangeAsync(At(9, IncidentStatus.Closed));

        Assert.Equal(["Opened!", "Updated", "Closed!"], scenario.Words);
        Assert.True(scenario.Told[2].IsOver);
        Assert.All(await scenario.RecordsAsync("a"), record => Assert.Equal(NotificationOutcome.Delivered, record.Outcome));
    }

    [Fact]
    public async Task Deliver_SameEffectsAgain_TellsNothingAgain()
    {
        var scenario = await new NotificationScenario().BeginAsync();
        await scenario.ChangeAsync(At(1));
        await scenario.ChangeAsync(At(9, IncidentStatus.Closed));

        await scenario.ChangeAsync(At(1), At(9, IncidentStatus.Closed));
        await scenario.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(["Opened!", "Closed!"], scenario.Words.Where(word => word != "Updated"));
    }

    [Fact]
    public async Task SeverityRaised_IsLoudOnce()
    {
        var scenario = await new NotificationScenario().BeginAsync();
        await scenario.ChangeAsync(At(1));

        await scenario.ChangeAsync(At(2) with { Severity = IncidentSeverity.Alert });
        await scenario.ChangeAsync(At(3));
        await scenario.ChangeAsync(At(4) with { Severity = IncidentSeverity.Alert });
        await scenario.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(["Opened!", "SeverityRaised!", "Updated"], scenario.Words);
    }

    [Fact]
    public async Task Reopened_IsToldAsAnotherOccurrence()
    {
        var scenario = await new NotificationScenario(Pager).BeginAsync();
        await scenario.ChangeAsync(At(1));
        await scenario.ChangeAsync(At(5, IncidentStatus.Closed));
        await scenario.ChangeAsync(At(9) with { Reopenings = 1 });
        await scenario.ChangeAsync(At(15, IncidentStatus.Expired));

        Assert.Equal(["Opened!", "Closed!", "Reopened!", "Expired!"], scenario.Words);
        Assert.Equal([0, 0, 1, 1], scenario.Told.Select(told => told.Occurrence));
    }

    [Fact]
    public async Task ClosedAndReopened_WhileTheReceiverIsAway_IsNoNews()
    {
        var scenario = await new NotificationScenario(Pager).BeginAsync();
        await scenario.ChangeAsync(At(1));
        scenario.Answer(new NotifyResult.Later("down", false, TimeSpan.FromHours(1)));
        await scenario.ChangeAsync(At(5, IncidentStatus.Closed));
        await scenario.ChangeAsync(At(9) with { Reopenings = 1 });
        await scenario.PassAsync(TimeSpan.FromHours(2));

        Assert.Equal(["Opened!"], scenario.Words);
    }

    [Fact]
    public async Task Inhibited_IsNotTold_AndSaysWhy()
    {
        var scenario = await new NotificationScenario().BeginAsync();
        await scenario.ChangeAsync(At(1, id: "parent"), At(1) with { ParentId = "parent" });
        await scenario.ChangeAsync(At(2, IncidentStatus.Closed) with { ParentId = "parent" });

        Assert.Empty(scenario.WordsOf("a"));
        var record = Assert.Single(await scenario.RecordsAsync("a"));
        Assert.Equal((NotificationOutcome.Inhibited, "parent"), (record.Outcome, record.Detail));
    }

    [Fact]
    public async Task Told_ThenPartOfAnother_ThenAlone_IsFoldedAndComesBack()
    {
        var scenario = await new NotificationScenario(Pager).BeginAsync();
        await scenario.ChangeAsync(At(1));
        await scenario.ChangeAsync(At(2, id: "parent"), At(2) with { ParentId = "parent" });
        await scenario.ChangeAsync(At(3));

        Assert.Equal(["Opened!", "Folded", "Reopened!"], scenario.WordsOf("a"));
    }

    [Fact]
    public async Task Silenced_IsNotTold_UntilTheSilenceEnds()
    {
        var scenario = await new NotificationScenario().BeginAsync();
        await scenario.ChangeAsync(At(1) with { SilencedBy = ["s1"] });
        Assert.Empty(scenario.Attempts);
        await scenario.ChangeAsync(At(2));

        Assert.Equal(["Opened!"], scenario.Words);
        Assert.Equal(
            [(NotificationOutcome.Silenced, "s1"), (NotificationOutcome.Delivered, null)],
            (await scenario.RecordsAsync("a")).Select(record => (record.Outcome, record.Detail)));
    }

    [Fact]
    public async Task Told_ThenSilenced_ItsEndIsQuiet_AndAPagerResolves()
    {
        var (chat, pager) = (await new NotificationScenario().BeginAsync(), await new NotificationScenario(Pager).BeginAsync());
        foreach (var scenario in (NotificationScenario[])[chat, pager])
        {
            await scenario.ChangeAsync(At(1));
            await scenario.ChangeAsync(At(2) with { SilencedBy = ["s1"] });
            await scenario.PassAsync(TimeSpan.FromMinutes(1));
            await scenario.ChangeAsync(At(5, IncidentStatus.Closed) with { SilencedBy = ["s1"] });
            await scenario.PassAsync(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(["Opened!", "Updated", "Closed"], chat.Words);
        Assert.Equal(["Opened!", "Closed"], pager.Words);
    }

    [Fact]
    public async Task Silenced_ReopenedBeneathIt_IsToldWhenTheSilenceEnds()
    {
        var scenario = await new NotificationScenario(Pager).BeginAsync();
        await scenario.ChangeAsync(At(1));
        await scenario.ChangeAsync(At(2, IncidentStatus.Closed));
        await scenario.ChangeAsync(At(3) with { SilencedBy = ["s1"], Reopenings = 1 });
        Assert.Equal(["Opened!", "Closed!"], scenario.Words);
        await scenario.ChangeAsync(At(4) with { Reopenings = 1 });

        Assert.Equal(["Opened!", "Closed!", "Reopened!"], scenario.Words);
    }

    [Fact]
    public async Task AppendOnly_HearsOfWhatIsLoudOnly()
    {
        var scenario = await new NotificationScenario(AppendOnly).BeginAsync();
        await scenario.ChangeAsync(At(1));
        await scenario.ChangeAsync(At(2) with { AffectedViews = 99 });
        await scenario.ChangeAsync(At(3) with { Acknowledgement = new("ann", Start, null) });
        await scenario.ChangeAsync(At(4, IncidentStatus.Closed));

        Assert.Equal(["Opened!", "Closed!"], scenario.Words);
        Assert.Contains(
            await scenario.RecordsAsync("a"),
            record => (record.Event, record.Outcome) == (NotificationEvent.Acknowledged, NotificationOutcome.NotWanted));
    }

    [Fact]
    public async Task Acknowledged_IsToldToAPager_AndEndsReminders()
    {
        var scenario = await new NotificationScenario(Pager).With(target => target with { Reminder = TimeSpan.FromHours(1) }).BeginAsync();
        await scenario.ChangeAsync(At(1));
        await scenario.PassAsync(TimeSpan.FromMinutes(150));
        Assert.Equal(["Opened!", "Reminder!", "Reminder!"], scenario.Words);
        await scenario.ChangeAsync(At(9) with { Acknowledgement = new("ann", Start, null) });
        await scenario.PassAsync(TimeSpan.FromHours(5));

        Assert.Equal(["Opened!", "Reminder!", "Reminder!", "Acknowledged"], scenario.Words);
        Assert.Equal(3, scenario.Told.Take(3).Select(told => told.DeliveryId).Distinct().Count());
    }

    [Fact]
    public async Task Flapping_EditsOnly()
    {
        var scenario = await new NotificationScenario().BeginAsync();
        await scenario.ChangeAsync(At(1));
        for (var minute = 10; minute < 200; minute += 20)
        {
            await scenario.ChangeAsync(At(minute, IncidentStatus.Closed) with { Flapping = true, Reopenings = minute });
            await scenario.PassAsync(TimeSpan.FromMinutes(10));
            await scenario.ChangeAsync(At(minute + 10) with { Flapping = true, Reopenings = minute });
            await scenario.PassAsync(TimeSpan.FromMinutes(10));
        }

        Assert.Equal(["Opened!"], scenario.Words.Where(word => word.EndsWith('!')));
        Assert.Equal(20, scenario.Words.Count(word => word is "Closed" or "Reopened"));
    }

    [Theory]
    [InlineData("nobody", NotificationOutcome.NoRoute)]
    [InlineData("prop*", NotificationOutcome.Delivered)]
    public async Task Route_LeadsToTheChannelOrNot(string property, NotificationOutcome expected)
    {
        var route = new NotificationRoute(["chat"], new IncidentMatcher(property), null, null, false);
        var scenario = await new NotificationScenario().With(target => target with { Routes = [route] }).BeginAsync();
        await scenario.ChangeAsync(At(1));

        Assert.Equal(expected, Assert.Single(await scenario.RecordsAsync("a")).Outcome);
    }

    [Fact]
    public async Task BelowSeverity_IsToldWhenItIsRaised()
    {
        var scenario = new NotificationScenario(Pager).With(target => target with { MinimumSeverity = IncidentSeverity.Alert });
        await scenario.BeginAsync();
        await scenario.ChangeAsync(At(1));
        Assert.Empty(scenario.Attempts);
        await scenario.ChangeAsync(At(2) with { Severity = IncidentSeverity.Alert });

        Assert.Equal(["Opened!"], scenario.Words);
    }

    [Fact]
    public async Task Old_IsNotTold_UnlessItIsStillOpenSoon()
    {
        var scenario = await new NotificationScenario().BeginAsync();
        scenario.Clock.Advance(TimeSpan.FromDays(3));
        await scenario.ChangeAsync(At(1), At(1, id: "b") with { ErrorType = "other" });
        await scenario.ChangeAsync(At(9, IncidentStatus.Closed));
        Assert.Empty(scenario.Attempts);
        await scenario.PassAsync(TimeSpan.FromMinutes(3));

        Assert.Equal(["b"], scenario.Told.Select(told => told.ThreadId));
        Assert.Equal(NotificationOutcome.TooOld, Assert.Single(await scenario.RecordsAsync("a")).Outcome);
    }

    private static Incident At(int minute, IncidentStatus status = IncidentStatus.Open, string id = "a") =>
        Sample(id, status) with { UpdatedAt = Start.AddMinutes(minute) };
}
