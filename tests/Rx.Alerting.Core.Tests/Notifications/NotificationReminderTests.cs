using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;
using static Rx.Alerting.Testing.Incidents.IncidentSamples;

namespace Rx.Alerting.Core.Tests.Notifications;

/// <summary>Reminders that fail, or whose process dies; what is told later, or again.</summary>
public sealed class NotificationReminderTests
{
    /// <summary>The receiver can find the reminder by its delivery id only if it is told to look.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Reminder_ProcessDiesWhileItIsSent_IsSentAgainInDoubt(int minute)
    {
        var scenario = await OpenedAsync();
        scenario.Clock.Advance(TimeSpan.FromHours(1));
        await scenario.DieTellingAsync(arrives: true);

        await scenario.BeginAsync(Sample("a", minute: minute));
        await scenario.PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(["Opened!", "Reminder!", "Reminder!"], scenario.Words);
        Assert.Equal((scenario.Told[1].DeliveryId, true), (scenario.Told[2].DeliveryId, scenario.Told[2].IsInDoubt));
    }

    /// <summary>Whether or not the receiver keeps a message up to date meanwhile.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task BecomesAnAlertBeneathASilence_IsToldWhenTheSilenceIsOver(bool wantsUpdates)
    {
        var scenario = await new NotificationScenario(new() { WantsUpdates = wantsUpdates }).BeginAsync();
        await scenario.ChangeAsync(Sample("a") with { UpdatedAt = Start.AddMinutes(1) });
        var alert = Sample("a") with { Severity = IncidentSeverity.Alert };
        await scenario.ChangeAsync(alert with { UpdatedAt = Start.AddMinutes(2), SilencedBy = ["s"] });
        await scenario.PassAsync(TimeSpan.FromMinutes(5));
        Assert.DoesNotContain("SeverityRaised!", scenario.Words);
        Assert.Contains(await scenario.RecordsAsync("a"), record => record.Outcome == NotificationOutcome.Silenced);

        await scenario.ChangeAsync(alert with { UpdatedAt = Start.AddMinutes(9) });

        Assert.Equal("SeverityRaised!", scenario.Words[^1]);
        Assert.Single(scenario.Words, word => word == "SeverityRaised!");
    }

    /// <summary>A notifier that goes wrong beyond its own call does not end the channel.</summary>
    [Fact]
    public async Task NotifierThatGivesUpByItself_IsAskedAgain()
    {
        var scenario = await new NotificationScenario().BeginAsync();
        scenario.Meanwhile = () => throw new OperationCanceledException();
        await scenario.ChangeAsync(Sample("a"));
        await scenario.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(["Opened!"], scenario.Words);
    }

    [Fact]
    public async Task Reminder_AnswerIsLost_IsSentAgainInDoubt()
    {
        var scenario = await OpenedAsync();
        scenario.Answer(new NotifyResult.Later("no answer", IsInDoubt: true));
        await scenario.PassAsync(TimeSpan.FromMinutes(62));

        Assert.Equal(["Opened!", "Reminder!"], scenario.Words);
        Assert.Equal((scenario.Attempts[1].DeliveryId, true), (scenario.Told[1].DeliveryId, scenario.Told[1].IsInDoubt));
    }

    [Fact]
    public async Task Reminder_Refused_IsNotTriedBeforeTheNextOneIsDue()
    {
        var scenario = await OpenedAsync();
        scenario.Answer([.. Enumerable.Repeat(new NotifyResult.Refused("invalid_auth"), 50)]);
        await scenario.PassAsync(TimeSpan.FromMinutes(130));
        Assert.Equal(3, scenario.Attempts.Count);
    }

    private static async Task<NotificationScenario> OpenedAsync()
    {
        var scenario = await new NotificationScenario().With(target => target with { Reminder = TimeSpan.FromHours(1) }).BeginAsync();
        await scenario.ChangeAsync(Sample("a", minute: 1));
        return scenario;
    }
}
