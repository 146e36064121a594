using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;
using static Rx.Alerting.Testing.Incidents.IncidentSamples;

namespace Rx.Alerting.Core.Tests.Notifications;

/// <summary>Receivers that fail, processes that die, boards that are lost: nothing is lost in silence, and nothing is told twice.</summary>
public sealed class NotificationFailureTests
{
    private static readonly NotifierTraits Mail = new();

    [Fact]
    public async Task Receiver_AwayForAnHour_IsToldTheNewestState()
    {
        var scenario = await new NotificationScenario().BeginAsync();
        scenario.Answer([.. Enumerable.Repeat(new NotifyResult.Later("no answer", true), 40)]);
        await scenario.DeliverAsync(At(1));
        await scenario.PassAsync(TimeSpan.FromMinutes(10));
        await scenario.ChangeAsync(At(15) with { AffectedViews = 500 });
        await scenario.PassAsync(TimeSpan.FromMinutes(50));

        var told = Assert.Single(scenario.Told);
        Assert.Equal((NotificationEvent.Opened, 500, true), (told.Event, told.Incident.AffectedViews, told.IsInDoubt));
        Assert.Single(scenario.Attempts.Select(attempt => attempt.DeliveryId).Distinct());
        Assert.Equal(41, (await scenario.RecordsAsync("a")).Single().Attempts);
    }

    [Fact]
    public async Task Receiver_ThatAsksForTime_GetsIt()
    {
        var scenario = await new NotificationScenario().BeginAsync();
        scenario.Answer(new NotifyResult.Later("429", false, TimeSpan.FromMinutes(7)));
        await scenario.ChangeAsync(At(1));
        await scenario.PassAsync(TimeSpan.FromMinutes(6.9));
        Assert.Single(scenario.Attempts);
        await scenario.PassAsync(TimeSpan.FromMinutes(0.2));

        Assert.Equal(["Opened!"], scenario.Words);
        Assert.False(scenario.Told[0].IsInDoubt);
    }

    [Fact]
    public async Task Receiver_AwayBeyondTheDeadline_IsGivenUp_AndLaterChangesAreTold()
    {
        var scenario = await new NotificationScenario { Options = new() { Deadline = TimeSpan.FromMinutes(5) } }.BeginAsync();
        await scenario.ChangeAsync(At(1));
        scenario.Answer([.. Enumerable.Repeat(new NotifyResult.Later("503", false), 30)]);
        await scenario.ChangeAsync(At(2) with { Severity = IncidentSeverity.Alert });
        await scenario.PassAsync(TimeSpan.FromMinutes(10));
        var record = (await scenario.RecordsAsync("a"))[^1];
        Assert.Equal((NotificationOutcome.GivenUp, "503"), (record.Outcome, record.Detail));
        scenario.Answers.Clear();
        await scenario.ChangeAsync(At(20, IncidentStatus.Closed));

        Assert.Equal(["Opened!", "Closed!"], scenario.Words);
        Assert.Contains(scenario.Reports, report => report.Kind == NotificationReportKind.GivenUp);
    }

    [Fact]
    public async Task Receiver_AwayForLong_WhatComesNextHasADeadlineOfItsOwn()
    {
        var seconds = TimeSpan.FromSeconds(10);
        var options = new NotificationOptions
        {
            Deadline = TimeSpan.FromMinutes(5),
            RetryInterval = seconds,
            LongestRetryInterval = seconds,
        };
        var scenario = await new NotificationScenario(Mail) { Options = options }.BeginAsync();
        await scenario.ChangeAsync(At(1));
        scenario.Answer([.. Enumerable.Repeat(new NotifyResult.Later("503", false), 1000)]);
        await scenario.DeliverAsync(At(2) with { Severity = IncidentSeverity.Alert });
        await scenario.PassAsync(TimeSpan.FromMinutes(4.8));
        await scenario.DeliverAsync(At(6, IncidentStatus.Closed));
        await scenario.PassAsync(TimeSpan.FromMinutes(2));
        scenario.Answers.Clear();
        await scenario.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(["Opened!", "Closed!"], scenario.Words);
        Assert.InRange(scenario.Reports[^1].Latency, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(3));
    }

    [Fact]
    public async Task OverBeforeItCouldBeTold_IsToldToPeople_NotToAPager()
    {
        var (chat, pager) = (new NotificationScenario(), new NotificationScenario(new() { MirrorsState = true, WantsOver = false }));
        foreach (var scenario in (NotificationScenario[])[chat, pager])
        {
            await scenario.BeginAsync();
            scenario.Answer(new NotifyResult.Later("down", false));
            await scenario.ChangeAsync(At(1));
            await scenario.ChangeAsync(At(2, IncidentStatus.Closed));
            await scenario.PassAsync(TimeSpan.FromMinutes(1));
        }

        Assert.Equal((NotificationEvent.Opened, true), (Assert.Single(chat.Told).Event, chat.Told[0].IsOver));
        Assert.Empty(pager.Told);
        Assert.Equal(NotificationOutcome.OverBefore, Assert.Single(await pager.RecordsAsync("a")).Outcome);
    }

    /// <summary>A receiver that can tell what it has gets the same delivery again, in doubt; any other gets it once more at most.</summary>
    [Theory]
    [InlineData(true, 5, 6)]
    [InlineData(false, 5, 2)]
    public async Task Killed_WhileItIsTold_IsToldAgainWithTheSameId(bool isIdempotent, int deaths, int attempts)
    {
        var scenario = await new NotificationScenario(Mail with { IsIdempotent = isIdempotent }).BeginAsync();
        await scenario.DeliverAsync(At(1));
        for (var death = 0; death < deaths; death++)
        {
            await scenario.DieTellingAsync(arrives: true);
            await scenario.BeginAsync(At(1));
        }

        await scenario.PassAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(attempts, scenario.Attempts.Count);
        Assert.Single(scenario.Attempts.Select(attempt => attempt.DeliveryId).Distinct());
        Assert.Equal([false, .. Enumerable.Repeat(true, attempts - 1)], scenario.Attempts.Select(attempt => attempt.IsInDoubt));
        var last = (await scenario.RecordsAsync("a"))[^1];
        Assert.Equal(isIdempotent ? NotificationOutcome.Delivered : NotificationOutcome.GivenUp, last.Outcome);
    }

    /// <summary>A process that is stopped in good order knows that it was telling. It may do so as often as it likes.</summary>
    [Fact]
    public async Task Stopped_WhileItIsTold_IsToldAgainAndAgain()
    {
        var scenario = await new NotificationScenario(Mail).BeginAsync();
        await scenario.DeliverAsync(At(1));
        for (var stop = 0; stop < 4; stop++)
        {
            await scenario.StopTellingAsync();
            await scenario.BeginAsync(At(1));
        }

        await scenario.PassAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(["Opened!"], scenario.Words);
        Assert.True(scenario.Told[0].IsInDoubt);
    }

    [Fact]
    public async Task Begin_HistoryAheadOfTheThreads_IsCaughtUpWith()
    {
        var scenario = await new NotificationScenario().BeginAsync();
        await scenario.ChangeAsync(At(1));

        await scenario.BeginAsync(At(9, IncidentStatus.Closed));
        await scenario.PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(["Opened!", "Closed!"], scenario.Words);
        Assert.Equal("ref-a", scenario.Told[1].Reference);
    }

    [Fact]
    public async Task Begin_IncidentThatTheStoreHasLost_IsEnded()
    {
        var scenario = await new NotificationScenario().BeginAsync();
        await scenario.ChangeAsync(At(1));

        await scenario.BeginAsync();
        await scenario.PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(["Opened!", "Expired!"], scenario.Words);
    }

    [Fact]
    public async Task Board_Lost_IsWrittenAgain()
    {
        var scenario = await new NotificationScenario().BeginAsync();
        await scenario.ChangeAsync(At(1));
        scenario.Board.Lose();
        await scenario.ChangeAsync(At(2, IncidentStatus.Closed));

        Assert.Equal(2, (await scenario.RecordsAsync("a")).Count);
    }

    /// <summary>A process that has been asleep has lost the pipeline: what it remembers is not taken, and so it tells nothing.</summary>
    [Fact]
    public async Task LaterOwner_TheEarlierOneTellsNothing()
    {
        var scenario = await new NotificationScenario().BeginAsync();
        await scenario.DeliverAsync(At(1));
        scenario.OwnerEpoch = 99;
        await scenario.Board.TakeAsync("views/chat:test", 99, CancellationToken.None);
        await scenario.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Empty(scenario.Attempts);
    }

    /// <summary>After the store has gone back, epochs begin again. So a process that is over may have a later epoch.</summary>
    [Fact]
    public async Task LaterEpochOnTheBoardOfWhoDoesNotHaveThePipeline_IsTakenBack()
    {
        var scenario = await new NotificationScenario().BeginAsync();
        await scenario.DeliverAsync(At(1));
        await scenario.Board.TakeAsync("views/chat:test", 99, CancellationToken.None);
        await scenario.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(["Opened!"], scenario.Words);
        Assert.Equal(1, (await scenario.Board.ReadAsync(null, CancellationToken.None)).Parts["views/chat:test"]);
    }

    [Fact]
    public async Task Renewal_GoesOnWhileOpen_AndForAWhileAfter()
    {
        var traits = new NotifierTraits
        {
            WantsUpdates = true,
            MirrorsState = true,
            IsIdempotent = true,
            Renewal = TimeSpan.FromMinutes(1),
            RenewalAfterEnd = TimeSpan.FromMinutes(15),
        };
        var scenario = await new NotificationScenario(traits).BeginAsync();
        await scenario.ChangeAsync(At(1));
        await scenario.PassAsync(TimeSpan.FromMinutes(10.5));
        Assert.Equal(11, scenario.Told.Count);
        await scenario.ChangeAsync(At(30, IncidentStatus.Closed));
        await scenario.PassAsync(TimeSpan.FromHours(1));

        Assert.Equal(15, scenario.Told.Count(told => told is { IsOver: true, Event: NotificationEvent.Updated }));
    }

    [Fact]
    public async Task Threads_BeyondTheBound_AreDropped_OpenOnesNever()
    {
        var scenario = await new NotificationScenario { Options = new() { MaximumThreads = 10 } }.BeginAsync();
        await scenario.ChangeAsync(At(1));
        for (var i = 0; i < 40; i++)
        {
            var incident = Sample($"i{i}") with { ErrorType = $"type {i}" };
            await scenario.ChangeAsync(incident);
            await scenario.ChangeAsync(incident with { Status = IncidentStatus.Closed, UpdatedAt = Start.AddMinutes(i + 2) });
        }

        var kept = (await scenario.Board.ReadAsync(null, CancellationToken.None)).Entries.Select(entry => entry.Id).ToList();
        Assert.InRange(kept.Count, 10, 12);
        Assert.Contains("a", kept);
        Assert.Contains("i39", kept);
    }

    private static Incident At(int minute, IncidentStatus status = IncidentStatus.Open) =>
        Sample("a", status) with { UpdatedAt = Start.AddMinutes(minute) };
}
