using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;
using static Rx.Alerting.Testing.Incidents.IncidentSamples;

namespace Rx.Alerting.Core.Tests.Notifications;

/// <summary>The store is away for a while, and nobody dies: what is known is written when it is back.</summary>
public sealed class NotificationStoreTests
{
    private static readonly NotifierTraits Mail = new();

    [Fact]
    public async Task Away_WhileAnEndIsTold_TheNextProcessDoesNotTellItAgain()
    {
        var scenario = await OpenAsync();
        LoseStoreMeanwhile(scenario);
        await scenario.ChangeAsync(At(5, IncidentStatus.Closed));
        scenario.IsStoreAway = false;
        await scenario.PassAsync(TimeSpan.FromMinutes(10));

        await scenario.BeginAsync(At(5, IncidentStatus.Closed));
        await scenario.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(["Opened!", "Closed!"], scenario.Words);
    }

    /// <summary>The receiver has asked for an hour. That the store fails then is no reason to ask it sooner.</summary>
    [Fact]
    public async Task Away_AfterAReceiverHasAskedForTime_ItIsLeftAloneSoLong()
    {
        var scenario = await new NotificationScenario(Mail).BeginAsync();
        scenario.Answer(new NotifyResult.Later("too many requests", IsInDoubt: false, RetryAfter: TimeSpan.FromMinutes(30)));
        LoseStoreMeanwhile(scenario);
        await scenario.ChangeAsync(At(1));
        scenario.IsStoreAway = false;

        await scenario.DeliverAsync(Sample("other") with { ErrorType = "other" });
        await scenario.PassAsync(TimeSpan.FromMinutes(29));
        Assert.Single(scenario.Attempts);
        await scenario.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(["Opened!", "Opened!"], scenario.Words);
    }

    /// <summary>How long the receiver wants to be left alone, and how long the store does, are two things.</summary>
    [Fact]
    public async Task Away_WhileAReceiverIsLeftAlone_IsWrittenSoonAfter_AndTheReceiverIsStillLeftAlone()
    {
        var scenario = await new NotificationScenario(Mail).BeginAsync();
        scenario.Answer(new NotifyResult.Later("too many requests", IsInDoubt: false, RetryAfter: TimeSpan.FromMinutes(30)));
        await scenario.ChangeAsync(At(1));
        scenario.IsStoreAway = true;
        await Assert.ThrowsAsync<CheckpointStoreException>(() => scenario.DeliverAsync(Sample("other") with { ErrorType = "other" }));
        await scenario.PassAsync(TimeSpan.FromMinutes(5));

        scenario.IsStoreAway = false;
        await scenario.PassAsync(TimeSpan.FromMinutes(2));

        var kept = (await scenario.Board.ReadAsync(null, CancellationToken.None)).Entries.Select(entry => entry.Id);
        Assert.Equal(["a", "other"], kept.Order());
        await scenario.PassAsync(TimeSpan.FromMinutes(22));
        Assert.Single(scenario.Attempts);
        await scenario.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(["Opened!", "Opened!"], scenario.Words);
    }

    [Fact]
    public async Task Away_IsSaid_UntilItHasTakenEverything()
    {
        var scenario = await OpenAsync();
        scenario.Reports.Clear();
        LoseStoreMeanwhile(scenario);
        await scenario.ChangeAsync(At(5, IncidentStatus.Closed));
        await scenario.PassAsync(TimeSpan.FromMinutes(10));
        Assert.DoesNotContain(scenario.Reports, report => report.Kind == NotificationReportKind.NothingFails);
        Assert.Equal(NotificationReportKind.StoreFailed, scenario.Reports[^1].Kind);

        scenario.IsStoreAway = false;
        await scenario.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(NotificationReportKind.NothingFails, scenario.Reports[^1].Kind);
    }

    [Fact]
    public async Task Away_WhileAnEndIsTold_ItsResultIsWrittenWithTheNextChange()
    {
        var scenario = await OpenAsync();
        LoseStoreMeanwhile(scenario);
        await scenario.ChangeAsync(At(5, IncidentStatus.Closed));
        scenario.IsStoreAway = false;
        await scenario.DeliverAsync(Sample("other") with { ErrorType = "other" });

        Assert.Equal(2, (await scenario.RecordsAsync("a")).Count);
    }

    [Fact]
    public async Task Away_WhileThreadsAreDropped_TheyAreDroppedWhenItIsBack()
    {
        var scenario = await new NotificationScenario(Mail) { Options = new() { MaximumThreads = 4 } }.BeginAsync();
        for (var i = 0; i < 4; i++)
        {
            await scenario.ChangeAsync(Nth(i));
            await scenario.ChangeAsync(Nth(i) with { Status = IncidentStatus.Closed, UpdatedAt = Start.AddMinutes(i + 2) });
        }

        scenario.IsStoreAway = true;
        await Assert.ThrowsAsync<CheckpointStoreException>(() => scenario.DeliverAsync(Nth(4)));
        scenario.IsStoreAway = false;
        await scenario.DeliverAsync(Nth(4));

        var kept = (await scenario.Board.ReadAsync(null, CancellationToken.None)).Entries.Select(entry => entry.Id);
        Assert.Equal(["i1", "i2", "i3", "i4"], kept.Order());

        static Incident Nth(int i) => Sample($"i{i}") with { ErrorType = $"type {i}" };
    }

    private static async Task<NotificationScenario> OpenAsync()
    {
        var scenario = await new NotificationScenario(Mail).BeginAsync();
        await scenario.ChangeAsync(At(1));
        return scenario;
    }

    private static void LoseStoreMeanwhile(NotificationScenario scenario) => scenario.Meanwhile = () =>
    {
        scenario.IsStoreAway = true;
        return Task.CompletedTask;
    };

    private static Incident At(int minute, IncidentStatus status = IncidentStatus.Open) =>
        Sample("a", status) with { UpdatedAt = Start.AddMinutes(minute) };
}
