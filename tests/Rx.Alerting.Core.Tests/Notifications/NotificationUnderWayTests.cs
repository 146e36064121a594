using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Core.Tests.Notifications;

/// <summary>Incidents change while a notification of them is under way.</summary>
public sealed class NotificationUnderWayTests
{
    /// <summary>As of a pager: what was over before it could be told, nobody is told.</summary>
    private static readonly NotifierTraits Pager = new() { MirrorsState = true, WantsOver = false, IsIdempotent = true };

    private readonly NotificationScenario scenario = new(Pager);

    [Fact]
    public async Task EndsWhileItIsToldThatItOpened_IsToldThen()
    {
        await scenario.BeginAsync();
        scenario.Meanwhile = CloseAsync;
        await OpenAsync();
        Assert.Equal(["Opened!", "Closed!"], scenario.Words);
    }

    [Fact]
    public async Task EndsWhileTheOpeningMayHaveArrived_IsToldAsOver()
    {
        await scenario.BeginAsync();
        scenario.Meanwhile = CloseAsync;
        scenario.Answer(new NotifyResult.Later("broke off", IsInDoubt: true));
        await OpenAsync();
        await scenario.PassAsync(TimeSpan.FromMinutes(1));

        var told = Assert.Single(scenario.Told);
        Assert.Equal((NotificationEvent.Opened, true, true), (told.Event, told.IsOver, told.IsInDoubt));
    }

    [Fact]
    public async Task BecomesAPartWhileTheOpeningMayHaveArrived_IsToldAsOver()
    {
        await scenario.BeginAsync();
        var whole = At(2) with { Id = "whole", PropertyId = null };
        scenario.Meanwhile = () => scenario.DeliverAsync(whole, At(2) with { ParentId = "whole" });
        scenario.Answer(new NotifyResult.Later("broke off", IsInDoubt: true));
        await OpenAsync();
        await scenario.PassAsync(TimeSpan.FromMinutes(1));

        Assert.True(Assert.Single(scenario.Told, told => told.ThreadId == "a").IsOver);
    }

    [Fact]
    public async Task EndsWhileTheOpeningDoesNotArrive_IsNotTold()
    {
        await scenario.BeginAsync();
        scenario.Meanwhile = CloseAsync;
        scenario.Answer(new NotifyResult.Later("no connection", IsInDoubt: false));
        await OpenAsync();
        await scenario.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Empty(scenario.Told);
        Assert.Equal(NotificationOutcome.OverBefore, (await scenario.RecordsAsync("a"))[^1].Outcome);
    }

    [Fact]
    public async Task EndsWhileSomethingElseIsRefused_IsToldAllTheSame()
    {
        await scenario.BeginAsync();
        await OpenAsync();
        scenario.Meanwhile = CloseAsync;
        scenario.Answer(new NotifyResult.Refused("400"));
        await scenario.ChangeAsync(At(2) with { Severity = IncidentSeverity.Alert });

        Assert.Equal(["Opened!", "Closed!"], scenario.Words);
    }

    /// <summary>It becomes an alert and a warning again, so in the end there is nothing to be told.</summary>
    [Fact]
    public async Task IsAsBeforeWhenTheAttemptHasFailed_IsNotToldAgain()
    {
        await scenario.BeginAsync();
        await OpenAsync();
        scenario.Meanwhile = () => scenario.DeliverAsync(At(3));
        scenario.Answer(new NotifyResult.Later("503", IsInDoubt: true));
        await scenario.ChangeAsync(At(2) with { Severity = IncidentSeverity.Alert });
        await scenario.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(["Opened!"], scenario.Words);
    }

    /// <summary>As when the store has gone back. The process that tells is the same, so it gets the answer.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task PipelineBeginsAnewMeanwhile_TheResultIsKept(bool isReadBefore)
    {
        var mail = await new NotificationScenario(new()).BeginAsync();
        var (reading, beginning) = (new TaskCompletionSource(), Task.CompletedTask);
        mail.Meanwhile = async () =>
        {
            beginning = mail.BeginAnewAsync(isReadBefore ? Task.CompletedTask : reading.Task, At(1));
            if (isReadBefore)
                await beginning;
        };
        await mail.ChangeAsync(At(1));
        reading.SetResult();
        await beginning;
        await mail.ChangeAsync(At(2));
        await mail.PassAsync(TimeSpan.FromHours(1));

        Assert.Single(mail.Attempts);
        var record = Assert.Single(await mail.RecordsAsync("a"));
        Assert.Equal((NotificationOutcome.Delivered, 1), (record.Outcome, record.Attempts));
        Assert.Equal(NotificationReportKind.Delivered, Assert.Single(mail.Reports).Kind);
    }

    [Fact]
    public async Task PipelineBeginsAnewMeanwhile_NothingHasArrived_IsToldAgainWithoutDoubt()
    {
        var mail = await new NotificationScenario(new()).BeginAsync();
        mail.Meanwhile = () => mail.BeginAnewAsync(Task.CompletedTask, At(1));
        mail.Answer(new NotifyResult.Later("no connection", IsInDoubt: false));
        await mail.ChangeAsync(At(1));
        await mail.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal([false, false], mail.Attempts.Select(attempt => attempt.IsInDoubt));
        Assert.Equal(2, Assert.Single(await mail.RecordsAsync("a")).Attempts);
    }

    [Fact]
    public async Task PipelineBeginsAnewMeanwhile_AnotherPipelineIsToldBeforeItIsRead_TheResultIsKept()
    {
        var mail = await new NotificationScenario(new()).BeginAsync();
        await mail.BeginOtherAsync("others");
        var (reading, beginning) = (new TaskCompletionSource(), Task.CompletedTask);
        mail.Meanwhile = async () =>
        {
            beginning = mail.BeginAnewAsync(reading.Task, At(1));
            await mail.DeliverOtherAsync("others", At(1) with { Id = "b" });
        };
        await mail.ChangeAsync(At(1));
        reading.SetResult();
        await beginning;
        await mail.PassAsync(TimeSpan.FromHours(1));

        Assert.Equal(["a", "b"], mail.Attempts.Select(attempt => attempt.ThreadId));
    }

    /// <summary>The store was away when the result came, and when the next attempt was to begin. It comes back as it was before.</summary>
    [Fact]
    public async Task ResultIsNotTaken_NorWhatBeginsNext_PipelineBeginsAnew_TheResultIsKept()
    {
        var mail = await new NotificationScenario(new()).BeginAsync();
        mail.Meanwhile = async () =>
        {
            await mail.DeliverAsync(At(1) with { Id = "b", ErrorType = "other" });
            mail.IsStoreAway = true;
        };
        await mail.ChangeAsync(At(1));
        await mail.PassAsync(TimeSpan.FromMinutes(10));
        mail.IsStoreAway = false;
        await mail.BeginAnewAsync(Task.CompletedTask, At(1), At(1) with { Id = "b", ErrorType = "other" });
        await mail.PassAsync(TimeSpan.FromHours(1));

        Assert.Equal(["a", "b"], mail.Attempts.Select(attempt => attempt.ThreadId));
    }

    [Fact]
    public async Task PipelineBeginsAnewBeforeAnything_TheNextAttemptIsNotInDoubt()
    {
        var mail = await new NotificationScenario(new()).BeginAsync();
        await mail.DeliverAsync(At(1));
        await mail.BeginAnewAsync(Task.CompletedTask, At(1));
        await mail.PassAsync(TimeSpan.FromSeconds(1));

        Assert.False(Assert.Single(mail.Attempts).IsInDoubt);
    }

    private Task OpenAsync() => scenario.ChangeAsync(At(1));

    private Task CloseAsync() => scenario.DeliverAsync(At(3, IncidentStatus.Closed));

    private static Incident At(int minute, IncidentStatus status = IncidentStatus.Open) =>
        IncidentSamples.Sample("a", status) with { UpdatedAt = IncidentSamples.Start.AddMinutes(minute) };
}
