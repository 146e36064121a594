using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;
using static Rx.Alerting.Testing.Incidents.IncidentSamples;

namespace Rx.Alerting.Core.Tests.Notifications;

/// <summary>Receivers that will never take something, or want to be left alone; and what is said when that is over.</summary>
public sealed class NotificationRefusalTests
{
    private static readonly NotifierTraits Mail = new();

    [Fact]
    public async Task Refused_IsNotTriedAgain_BeforeTheProcessBeginsAnew()
    {
        var scenario = await new NotificationScenario().BeginAsync();
        scenario.Answer(new NotifyResult.Refused("invalid_auth"));
        await scenario.ChangeAsync(At(1));
        await scenario.ChangeAsync(At(2));
        await scenario.PassAsync(TimeSpan.FromHours(1));
        Assert.Single(scenario.Attempts);

        await scenario.BeginAsync(At(2));
        await scenario.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(["Opened!"], scenario.Words);
    }

    [Fact]
    public async Task Refused_BecomesWorse_IsTriedAgain()
    {
        var scenario = await new NotificationScenario().BeginAsync();
        scenario.Answer(new NotifyResult.Refused("403"));
        await scenario.ChangeAsync(At(1));
        await scenario.ChangeAsync(At(2) with { AffectedViews = 99 });
        Assert.Empty(scenario.Told);
        await scenario.ChangeAsync(At(3) with { Severity = IncidentSeverity.Alert });

        Assert.Equal(["Opened!"], scenario.Words);
    }

    /// <summary>Whatever was refused is told by the next process, if it still holds: perhaps the reason was mended.</summary>
    [Theory]
    [InlineData("Opened!", 1)]
    [InlineData("SeverityRaised!", 2)]
    [InlineData("Closed!", 3)]
    [InlineData("Reopened!", 4)]
    public async Task Refused_IsToldByTheNextProcess(string refused, int change)
    {
        Incident[] changes =
        [
            At(1), At(2) with { Severity = IncidentSeverity.Alert },
            At(3, IncidentStatus.Closed) with { Severity = IncidentSeverity.Alert },
            At(4) with { Severity = IncidentSeverity.Alert, Reopenings = 1 },
        ];
        var scenario = await new NotificationScenario(Mail).BeginAsync();
        foreach (var before in changes[..(change - 1)])
            await scenario.ChangeAsync(before);
        scenario.Answer(new NotifyResult.Refused("403"));
        await scenario.ChangeAsync(changes[change - 1]);
        Assert.Equal(change - 1, scenario.Told.Count);
        Assert.Equal(NotificationOutcome.Refused, (await scenario.RecordsAsync("a"))[^1].Outcome);

        await scenario.BeginAsync(changes[change - 1]);
        await scenario.PassAsync(TimeSpan.FromSeconds(1));
        await scenario.BeginAsync(changes[change - 1]);
        await scenario.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(change, scenario.Told.Count);
        Assert.Equal(refused, scenario.Words[^1]);
    }

    [Fact]
    public async Task Refused_IsOverForLong_IsNotToldByTheNextProcess()
    {
        var scenario = await new NotificationScenario(Mail).BeginAsync();
        await scenario.ChangeAsync(At(1));
        scenario.Answer(new NotifyResult.Refused("403"));
        await scenario.ChangeAsync(At(2, IncidentStatus.Closed));
        scenario.Clock.Advance(TimeSpan.FromDays(1));

        await scenario.BeginAsync(At(2, IncidentStatus.Closed));
        await scenario.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(["Opened!"], scenario.Words);
    }

    /// <summary>A wrong date or a wrong unit must not silence a channel for weeks.</summary>
    [Fact]
    public async Task Receiver_ThatAsksForAWeek_GetsAnHour()
    {
        var scenario = await new NotificationScenario().BeginAsync();
        scenario.Answer(new NotifyResult.Later("429", false, TimeSpan.FromDays(7)));
        await scenario.ChangeAsync(At(1));
        await scenario.PassAsync(TimeSpan.FromMinutes(59));
        Assert.Empty(scenario.Told);
        await scenario.PassAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(["Opened!"], scenario.Words);
    }

    /// <summary>As a mail server that does not greet: that is known, so the mail may be sent as often as it likes.</summary>
    [Fact]
    public async Task OutOfTimeBeforeAnythingWasSent_IsNotInDoubt()
    {
        var scenario = await new NotificationScenario(Mail).BeginAsync();
        scenario.Meanwhile = () =>
        {
            scenario.Clock.Advance(scenario.Options.Timeout);
            throw new NothingSentException("no greeting", CancellationToken.None);
        };
        await scenario.ChangeAsync(At(1));
        await scenario.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal("no greeting (15s)", scenario.Reports[0].Problem);
        Assert.Equal([false, false], scenario.Attempts.Select(attempt => attempt.IsInDoubt));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WhatHasFailedIsOver_IsReported(bool isRefused)
    {
        var scenario = await new NotificationScenario(new() { MirrorsState = true, IsIdempotent = true }).BeginAsync();
        await scenario.ChangeAsync(At(1));
        scenario.Answer(new NotifyResult.Later("503", false));
        if (isRefused)
            scenario.Answer(new NotifyResult.Refused("400"));
        await scenario.ChangeAsync(At(2, IncidentStatus.Closed));
        Assert.Equal(NotificationReportKind.Failed, scenario.Reports[^1].Kind);
        if (!isRefused)
            await scenario.DeliverAsync(At(3));
        await scenario.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Single(scenario.Told);
        Assert.Equal(NotificationReportKind.NothingFails, scenario.Reports[^1].Kind);
        Assert.Single(scenario.Reports, report => report.Kind == NotificationReportKind.NothingFails);
    }

    private static Incident At(int minute, IncidentStatus status = IncidentStatus.Open) =>
        Sample("a", status) with { UpdatedAt = Start.AddMinutes(minute) };
}
