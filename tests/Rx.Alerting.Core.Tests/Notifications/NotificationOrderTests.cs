using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;
using static Rx.Alerting.Testing.Incidents.IncidentSamples;

namespace Rx.Alerting.Core.Tests.Notifications;

/// <summary>What a channel tells first, when more is due than the receiver takes.</summary>
public sealed class NotificationOrderTests
{
    private static readonly NotifierTraits Chat = new()
    {
        WantsUpdates = true,
        IsIdempotent = true,
        Gather = TimeSpan.FromSeconds(45),
        Pace = TimeSpan.FromSeconds(1),
    };

    [Fact]
    public async Task Loud_GoesBeforeManyQuietOnesThatAreDueLonger()
    {
        var scenario = await WithUpdatesDueAsync(20);
        await scenario.DeliverAsync(At(5, "loud"));
        await scenario.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(["Opened!", .. Enumerable.Repeat("Updated", 20)], scenario.Words);
    }

    [Fact]
    public async Task Quiet_DoesNotStarve_InAFloodOfLoudOnes()
    {
        var scenario = await WithUpdatesDueAsync(2);
        await scenario.DeliverAsync([.. Enumerable.Range(0, 30).Select(i => At(5, $"loud{i}"))]);
        await scenario.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(32, scenario.Words.Count);
        Assert.Equal([9, 19], scenario.Words.Index().Where(word => word.Item == "Updated").Select(word => word.Index));
    }

    [Fact]
    public async Task Quiet_IsToldByItsDueTime_WhenTheNextLoudOneIsNotDueYet()
    {
        var scenario = await WithUpdatesDueAsync(1);
        scenario.Answer(new NotifyResult.Later("503", false));
        await scenario.DeliverAsync(At(5, "loud"));
        await scenario.PassAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(["Opened!", "Updated"], scenario.Words.Order());
    }

    /// <summary>Between looking for what is due and telling it, the channel may hear that it is no longer so.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task SettledJustBeforeItIsTold_IsNotTold(int reading)
    {
        var clock = new WatchedClock(Start.AddMinutes(2));
        var scenario = new NotificationScenario(new() { MirrorsState = true, IsIdempotent = true }) { Clock = clock };
        await scenario.BeginAsync();
        await scenario.ChangeAsync(At(1, "a"));
        await scenario.DeliverAsync(At(2, "a") with { Status = IncidentStatus.Closed });
        clock.AtReading(reading, () => scenario.DeliverAsync(At(3, "a")).GetAwaiter().GetResult());

        await scenario.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(["Opened!"], scenario.Words);
    }

    /// <summary>Incidents that are told, and an update of each that is due.</summary>
    private static async Task<NotificationScenario> WithUpdatesDueAsync(int count)
    {
        var scenario = await new NotificationScenario(Chat).BeginAsync();
        await scenario.DeliverAsync([.. Enumerable.Range(0, count).Select(i => At(1, $"i{i}"))]);
        await scenario.PassAsync(TimeSpan.FromMinutes(1));
        await scenario.DeliverAsync([.. Enumerable.Range(0, count).Select(i => At(2, $"i{i}") with { AffectedViews = 99 })]);
        scenario.Clock.Advance(TimeSpan.FromMinutes(2));
        scenario.Told.Clear();
        return scenario;
    }

    private static Incident At(int minute, string id) => Sample(id) with { ErrorType = id, UpdatedAt = Start.AddMinutes(minute) };

    /// <summary>Something happens at one of the next moments at which somebody looks at the clock.</summary>
    private sealed class WatchedClock(DateTimeOffset start) : FakeTimeProvider(start)
    {
        private int left;
        private Action? happens;

        public void AtReading(int reading, Action what) => (left, happens) = (reading, what);

        public override DateTimeOffset GetUtcNow()
        {
            if (happens is { } now && --left == 0)
            {
                happens = null;
                now();
            }

            return base.GetUtcNow();
        }
    }
}
