using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;
using static Rx.Alerting.Testing.Incidents.IncidentSamples;

namespace Rx.Alerting.Core.Tests.Notifications;

/// <summary>Nobody knows whether a notification has arrived, and things have changed since.</summary>
public sealed class NotificationDoubtTests
{
    private static readonly NotifierTraits Mail = new();
    private static readonly NotifierTraits Pager = new() { MirrorsState = true, WantsOver = false, IsIdempotent = true };

    [Fact]
    public async Task OpeningThatMayHaveArrivedTwice_ItsEndIsTold()
    {
        var scenario = await new NotificationScenario(Mail).BeginAsync();
        await scenario.DeliverAsync(At(1));
        await DieAsync(scenario, At(1));
        await DieAsync(scenario, At(1));
        await scenario.ChangeAsync(At(2));
        await scenario.ChangeAsync(At(9, IncidentStatus.Closed));

        Assert.Equal(["Opened!", "Opened!", "Closed!"], scenario.Words);
    }

    [Fact]
    public async Task OpeningThatMayHaveArrived_IsOverWhenTheNextProcessBegins_OnlyTheEndIsTold()
    {
        var scenario = await new NotificationScenario(Mail).BeginAsync();
        await scenario.DeliverAsync(At(1));
        await DieAsync(scenario, At(9, IncidentStatus.Closed));
        await scenario.PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(["Opened!", "Closed!"], scenario.Words);
        Assert.Equal(2, scenario.Told.Select(told => told.DeliveryId).Distinct().Count());
        Assert.Equal(
            [NotificationOutcome.GivenUp, NotificationOutcome.Delivered],
            (await scenario.RecordsAsync("a")).Select(record => record.Outcome));
    }

    [Fact]
    public async Task EndThatMayHaveArrived_IsOpenAgain_ThatIsTold()
    {
        var scenario = await new NotificationScenario(Mail).BeginAsync();
        await scenario.ChangeAsync(At(1));
        await scenario.DeliverAsync(At(5, IncidentStatus.Closed));
        await DieAsync(scenario, At(9));
        await scenario.PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(["Opened!", "Closed!", "Reopened!"], scenario.Words);
    }

    /// <summary>A pager that has taken the end would stay calm, and one that has not would keep the alert of before open.</summary>
    [Fact]
    public async Task EndThatMayHaveArrivedAtAPager_IsOpenAgain_TheSameAlertIsTriggeredAgain()
    {
        var scenario = await new NotificationScenario(Pager).BeginAsync();
        await scenario.ChangeAsync(At(1));
        await scenario.DeliverAsync(At(5, IncidentStatus.Closed));
        await DieAsync(scenario, At(9));
        await scenario.PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(["Opened!", "Closed!", "Updated"], scenario.Words);
        Assert.Equal((false, 0), (scenario.Told[^1].IsOver, scenario.Told[^1].Occurrence));
    }

    [Fact]
    public async Task EndThatMayHaveArrivedAtAPager_IsOpenAgainAndChangesBeforeThatIsTold_TheAlertIsTriggeredAgain()
    {
        var scenario = await new NotificationScenario(Pager).BeginAsync();
        await scenario.ChangeAsync(At(1));
        await scenario.DeliverAsync(At(5, IncidentStatus.Closed));
        await DieAsync(scenario, At(9));
        await scenario.DeliverAsync(At(10));
        await scenario.PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(["Opened!", "Closed!", "Updated"], scenario.Words);
    }

    /// <summary>A receiver drops what it knows by its id, so what has happened twice must not have one id.</summary>
    [Fact]
    public async Task RaisedLoweredAndRaisedAgain_AreTwoDeliveries()
    {
        var scenario = await new NotificationScenario().BeginAsync();
        await scenario.ChangeAsync(At(1));
        scenario.Answer(new NotifyResult.Later("broke off", IsInDoubt: true));
        await scenario.ChangeAsync(At(2) with { Severity = IncidentSeverity.Alert });
        await scenario.ChangeAsync(At(3));
        await scenario.ChangeAsync(At(4) with { Severity = IncidentSeverity.Alert });
        await scenario.PassAsync(TimeSpan.FromMinutes(1));

        var raised = scenario.Attempts.Where(attempt => attempt.Event == NotificationEvent.SeverityRaised).ToList();
        Assert.Equal([false, false], raised.Select(attempt => attempt.IsInDoubt));
        Assert.Equal(2, raised.Select(attempt => attempt.DeliveryId).Distinct().Count());
    }

    [Fact]
    public async Task ReopeningsOfWhichTheFirstWasGivenUp_AreTwoDeliveries()
    {
        var scenario = await new NotificationScenario(Mail) { Options = new() { Deadline = TimeSpan.FromSeconds(1) } }.BeginAsync();
        await scenario.ChangeAsync(At(1));
        await scenario.ChangeAsync(At(2, IncidentStatus.Closed));
        scenario.Answer([.. Enumerable.Repeat(new NotifyResult.Later("broke off", IsInDoubt: true), 3)]);
        await scenario.DeliverAsync(At(3) with { Reopenings = 1 });
        await scenario.PassAsync(TimeSpan.FromMinutes(1));
        scenario.Answers.Clear();
        await scenario.ChangeAsync(At(4, IncidentStatus.Closed));
        await scenario.ChangeAsync(At(5) with { Reopenings = 2 });

        var reopened = scenario.Attempts.Where(attempt => attempt.Event == NotificationEvent.Reopened).ToList();
        Assert.Equal(2, reopened.Select(attempt => attempt.DeliveryId).Distinct().Count());
        Assert.Equal("Reopened!", scenario.Words[^1]);
    }

    [Fact]
    public async Task EditThatHasNotArrived_IsMadeByTheNextProcess()
    {
        var scenario = await new NotificationScenario().BeginAsync();
        await scenario.ChangeAsync(At(1));
        await scenario.DeliverAsync(At(2) with { AffectedViews = 999 });
        scenario.Clock.Advance(TimeSpan.FromMinutes(1));
        await scenario.DieTellingAsync(arrives: false);
        await scenario.BeginAsync(At(2) with { AffectedViews = 999 });
        await scenario.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(["Opened!", "Updated"], scenario.Words);
        Assert.Equal(999, scenario.Told[^1].Incident.AffectedViews);
    }

    [Fact]
    public async Task StateThatTheStoreHasLost_HoldsUntilEventTimeHasPassedIt()
    {
        var scenario = await new NotificationScenario(Mail).BeginAsync();
        await scenario.ChangeAsync(At(1));
        await scenario.ChangeAsync(At(9, IncidentStatus.Closed));

        await scenario.BeginAsync(At(1));
        await scenario.ChangeAsync(At(5) with { AffectedViews = 999 });
        Assert.Equal(["Opened!", "Closed!"], scenario.Words);

        await scenario.ChangeAsync(Sample("other") with { UpdatedAt = Start.AddMinutes(10), SilencedBy = ["s1"] });
        Assert.Equal(["Opened!", "Closed!", "Reopened!"], scenario.Words);
        Assert.Equal(999, scenario.Told[^1].Incident.AffectedViews);
    }

    private static async Task DieAsync(NotificationScenario scenario, params Incident[] history)
    {
        await scenario.DieTellingAsync(arrives: true);
        await scenario.BeginAsync(history);
    }

    private static Incident At(int minute, IncidentStatus status = IncidentStatus.Open) =>
        Sample("a", status) with { UpdatedAt = Start.AddMinutes(minute) };
}
