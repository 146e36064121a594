using Rx.Alerting.Core.Notifications;
using static Rx.Alerting.Testing.Incidents.IncidentSamples;

namespace Rx.Alerting.Core.Tests.Notifications;

/// <summary>Reminders that fail, or whose process dies.</summary>
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
