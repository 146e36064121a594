using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;
using static Rx.Alerting.Testing.Incidents.IncidentSamples;

namespace Rx.Alerting.Core.Tests.Notifications;

/// <summary>The store takes everything but one thread, however often it is tried.</summary>
public sealed class NotificationNotStoredTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Refused_ForEver_OthersAreToldAndItIsSaidOnce()
    {
        var scenario = await new NotificationScenario(new()).BeginAsync();
        scenario.Refused = "bad";
        await Assert.ThrowsAsync<CheckpointStoreException>(() => scenario.DeliverAsync(Sample("bad"), Good));

        await scenario.PassAsync(Patience);

        Assert.Equal(["good"], scenario.Told.Select(told => told.ThreadId));
        var said = Assert.Single(scenario.Reports, report => report.Kind == NotificationReportKind.GivenUp);
        Assert.Equal(("bad", NotificationOutcome.NotStored), (said.ThreadId, said.Obstacle));
        Assert.StartsWith("the store takes everything but what is known of it", said.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_ForEver_ItsDeliveryComesAgain_HoldsNothingUp()
    {
        var scenario = await new NotificationScenario(new()).BeginAsync();
        scenario.Refused = "bad";
        await Assert.ThrowsAsync<CheckpointStoreException>(() => scenario.DeliverAsync(Sample("bad")));
        await scenario.PassAsync(Patience);

        await scenario.ChangeAsync(Sample("bad"), Good);
        await scenario.ChangeAsync(Sample("bad", IncidentStatus.Closed) with { UpdatedAt = Start.AddMinutes(20) });

        Assert.Equal(["good"], scenario.Told.Select(told => told.ThreadId));
    }

    /// <summary>Perhaps the next process can store it.</summary>
    [Fact]
    public async Task Refused_ForEver_TheNextProcessTriesItAgain()
    {
        var scenario = await new NotificationScenario(new()).BeginAsync();
        scenario.Refused = "bad";
        await Assert.ThrowsAsync<CheckpointStoreException>(() => scenario.DeliverAsync(Sample("bad")));
        await scenario.PassAsync(Patience);

        await scenario.BeginAsync(Sample("bad"));
        await scenario.ChangeAsync(Sample("bad"));

        Assert.Equal(["Opened!"], scenario.WordsOf("bad"));
    }

    [Fact]
    public async Task Refused_ForAWhile_IsToldLater()
    {
        var scenario = await new NotificationScenario(new()).BeginAsync();
        scenario.Refused = "bad";
        await Assert.ThrowsAsync<CheckpointStoreException>(() => scenario.DeliverAsync(Sample("bad")));
        await scenario.PassAsync(TimeSpan.FromSeconds(3));

        scenario.Refused = null;
        await scenario.PassAsync(Patience);

        Assert.Equal(["Opened!"], scenario.WordsOf("bad"));
    }

    /// <summary>A store that takes nothing says nothing about one thread.</summary>
    [Fact]
    public async Task StoreIsAway_ForLong_NothingIsGivenUp()
    {
        var scenario = await new NotificationScenario(new()).BeginAsync();
        scenario.IsStoreAway = true;
        await Assert.ThrowsAsync<CheckpointStoreException>(() => scenario.DeliverAsync(Sample("a"), Good));
        await scenario.PassAsync(TimeSpan.FromHours(1));

        scenario.IsStoreAway = false;
        await scenario.PassAsync(Patience);

        Assert.Equal(["a", "good"], scenario.Told.Select(told => told.ThreadId).Order());
    }

    /// <summary>As a disk that is full by a quota. That it takes a request that changes nothing says nothing about one thread.</summary>
    [Fact]
    public async Task StoreTakesNoWrites_ForLong_NothingIsGivenUp()
    {
        var scenario = await new NotificationScenario(new()).BeginAsync();
        scenario.TakesNoWrites = true;
        await Assert.ThrowsAsync<CheckpointStoreException>(() => scenario.DeliverAsync(Sample("a"), Good));
        await scenario.PassAsync(TimeSpan.FromHours(1));

        scenario.TakesNoWrites = false;
        await scenario.PassAsync(Patience);

        Assert.Equal(["a", "good"], scenario.Told.Select(told => told.ThreadId).Order());
    }

    /// <summary>What was written to try the store is no thread. Nobody is to find it.</summary>
    [Fact]
    public async Task Refused_ForEver_NothingElseIsLeftInTheStore()
    {
        var scenario = await new NotificationScenario(new()).BeginAsync();
        scenario.Refused = "bad";
        await Assert.ThrowsAsync<CheckpointStoreException>(() => scenario.DeliverAsync(Sample("bad"), Good));
        await scenario.PassAsync(Patience);

        Assert.Equal(["good"], (await scenario.Board.ReadAsync(null, CancellationToken.None)).Entries.Select(entry => entry.Id));
    }

    private static Incident Good => Sample("good") with { ErrorType = "other" };
}
