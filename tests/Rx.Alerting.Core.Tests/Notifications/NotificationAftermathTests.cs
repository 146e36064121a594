using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;
using static Rx.Alerting.Testing.Incidents.IncidentSamples;

namespace Rx.Alerting.Core.Tests.Notifications;

/// <summary>What a receiver is still to get of what it has taken, such as a picture.</summary>
public sealed class NotificationAftermathTests
{
    private readonly NotificationScenario scenario = new();
    private readonly List<string> events = [];

    /// <summary>What happens while something is brought for the first time.</summary>
    private Func<CancellationToken, Task>? meanwhile;

    public NotificationAftermathTests() => scenario.Afterwards = told =>
    {
        events.Add($"tells {told.ThreadId}");
        return told.IsOver ? null : cancel => BringAsync(told, cancel);
    };

    [Fact]
    public async Task IsBroughtWhenAllThatIsDueWasTold_AndItsReferenceIsRemembered()
    {
        await scenario.BeginAsync();
        await scenario.ChangeAsync(At(1, "a"), At(1, "b"));
        Assert.Equal(["tells a", "tells b", "brings a", "brings b"], events);

        await scenario.BeginAsync(At(1, "a"), At(9, "b", IncidentStatus.Closed));
        await scenario.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal("with a picture", scenario.Told[^1].Reference);
    }

    [Fact]
    public async Task SomethingBecomesDue_IsToldAtOnce_AndTheRestWaits()
    {
        meanwhile = async cancel =>
        {
            await scenario.DeliverAsync(At(2, "b"));
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
        };
        await scenario.BeginAsync();
        await scenario.ChangeAsync(At(1, "a"));

        Assert.Equal(["tells a", "brings a", "tells b", "brings a", "brings b"], events);
    }

    [Fact]
    public async Task TheNextNotificationOfTheIncident_MakesItOutOfDate()
    {
        await scenario.BeginAsync();
        scenario.Meanwhile = () => scenario.DeliverAsync(At(2, "a", IncidentStatus.Closed));
        await scenario.ChangeAsync(At(1, "a"));

        Assert.Equal(["tells a", "tells a"], events);
    }

    [Fact]
    public async Task Interrupted_WaitsBehindTheOthers()
    {
        meanwhile = async cancel =>
        {
            await scenario.DeliverAsync(At(2, "c"));
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
        };
        await scenario.BeginAsync();
        await scenario.ChangeAsync(At(1, "a"), At(1, "b"));

        Assert.Equal(["tells a", "tells b", "brings a", "tells c", "brings b", "brings a", "brings c"], events);
    }

    [Fact]
    public async Task Flood_TheOldestAreDropped()
    {
        await scenario.BeginAsync();
        await scenario.ChangeAsync([.. Enumerable.Range(0, 105).Select(i => At(1, $"i{i:D3}"))]);

        var brought = events.Where(one => one.StartsWith("brings", StringComparison.Ordinal)).ToList();
        Assert.Equal((100, "brings i005"), (brought.Count, brought[0]));
    }

    [Fact]
    public async Task ReceiverWantsToBeLeftAlone_NothingIsBroughtUntilThen()
    {
        await scenario.BeginAsync();
        scenario.Meanwhile = () =>
        {
            scenario.Answer(new NotifyResult.Delivered("ref") { Afterwards = cancel => BringAsync(scenario.Attempts[0], cancel) });
            scenario.Answer(new NotifyResult.Later("429", false, TimeSpan.FromMinutes(10)));
            return Task.CompletedTask;
        };
        await scenario.ChangeAsync(At(1, "a"), At(1, "b"));
        await scenario.PassAsync(TimeSpan.FromMinutes(9));
        Assert.Empty(events);

        await scenario.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(["tells b", "brings a", "brings b"], events);
    }

    [Fact]
    public async Task FaultOfThisProgram_IsSaid_AndTheOthersAreToldAllTheSame()
    {
        meanwhile = _ => throw new InvalidOperationException("no memory for a picture");
        await scenario.BeginAsync();
        await scenario.ChangeAsync(At(1, "a"));
        await scenario.ChangeAsync(At(2, "b"));

        Assert.Equal(["tells a", "brings a", "tells b", "brings b"], events);
        var said = Assert.Single(scenario.Reports, report => report.Kind == NotificationReportKind.Failed);
        Assert.Contains("no memory for a picture", said.Problem, StringComparison.Ordinal);
    }

    /// <summary>Another process may have told more since, and its message must not be overwritten.</summary>
    [Fact]
    public async Task PipelineGoesToAnotherProcess_NothingIsBrought()
    {
        await scenario.BeginAsync();
        scenario.Meanwhile = () =>
        {
            scenario.End();
            return Task.CompletedTask;
        };
        await scenario.ChangeAsync(At(1, "a"));

        Assert.Equal(["tells a"], events);
    }

    [Fact]
    public async Task PipelineGoesToAnotherProcessMeanwhile_ItIsGivenUp()
    {
        meanwhile = cancel =>
        {
            scenario.End();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
        };
        await scenario.BeginAsync();
        await scenario.ChangeAsync(At(1, "a")).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.Equal(["tells a", "brings a"], events);
    }

    /// <summary>This process has been asleep, so it has yet to hear that the pipeline is in other hands.</summary>
    [Fact]
    public async Task PartIsTakenByAnotherProcess_NothingIsBroughtAnyMore()
    {
        meanwhile = async cancel =>
        {
            scenario.OwnerEpoch = 99;
            await scenario.Board.TakeAsync("views/chat:test", 99, cancel);
            scenario.Clock.Advance(TimeSpan.FromMinutes(6)); // It is interrupted.
            cancel.ThrowIfCancellationRequested();
        };
        await scenario.BeginAsync();
        await scenario.ChangeAsync(At(1, "a"));

        Assert.Equal(["tells a", "brings a"], events);
    }

    private async Task<NotifyResult.Delivered> BringAsync(Notification told, CancellationToken cancel)
    {
        events.Add($"brings {told.ThreadId}");
        if (meanwhile is { } happens)
        {
            meanwhile = null;
            await happens(cancel);
        }

        return new("with a picture");
    }

    private static Incident At(int minute, string id, IncidentStatus status = IncidentStatus.Open) =>
        Sample(id, status) with { ErrorType = id, UpdatedAt = Start.AddMinutes(minute) };
}
