using Rx.Alerting.Core.Incidents;
using static Rx.Alerting.Testing.Incidents.IncidentSamples;

namespace Rx.Alerting.Core.Tests.Notifications;

/// <summary>Incidents of one error type that open in the same evaluation.</summary>
public sealed class NotificationTogetherTests
{
    [Fact]
    public async Task OpenedTogether_IsToldOnce()
    {
        var scenario = await new NotificationScenario().BeginAsync();
        await scenario.ChangeAsync(Sample("a"), Sample("b"), Sample("c") with { ErrorType = "other" });

        Assert.Equal([2, 1], scenario.Told.Select(told => told.Incidents.Count));
        await scenario.ChangeAsync(Sample("a", IncidentStatus.Closed) with { UpdatedAt = Start.AddMinutes(5) });
        Assert.Equal(["Opened!", "Opened!"], scenario.Words);
        await scenario.ChangeAsync(Sample("b", IncidentStatus.Closed) with { UpdatedAt = Start.AddMinutes(6) });
        Assert.Equal(["Opened!", "Opened!", "Closed!"], scenario.Words);
    }

    [Fact]
    public async Task OpenedTogether_TheFirstIsOver_AnOpenOneIsShown_TheWorst()
    {
        var scenario = await new NotificationScenario().BeginAsync();
        await scenario.ChangeAsync(Sample("a", affected: 999), Sample("b"), Sample("c", affected: 50), Sample("d", affected: 20));
        Assert.Equal("a", scenario.Told[0].Incident.Id);

        await scenario.ChangeAsync(Sample("a", IncidentStatus.Closed, affected: 999) with { UpdatedAt = Start.AddMinutes(5) });
        await scenario.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(("c", "a"), (scenario.Told[1].Incident.Id, scenario.Told[1].ThreadId));
        Assert.Equal(["a", "b", "d"], scenario.Told[1].Others.Select(other => other.Id));

        await scenario.ChangeAsync(Sample("b", severity: IncidentSeverity.Alert) with { UpdatedAt = Start.AddMinutes(6) });
        Assert.Equal("b", scenario.Told[^1].Incident.Id);
    }

    [Fact]
    public async Task OpenedTogether_OneIsOverAndTheOtherSilenced_NobodyHasToLook()
    {
        var scenario = new NotificationScenario().With(target => target with { Reminder = TimeSpan.FromMinutes(30) });
        await scenario.BeginAsync();
        await scenario.ChangeAsync(Sample("a"), Sample("b"));
        await scenario.ChangeAsync(Over("a", 5));
        await scenario.ChangeAsync(Sample("b") with { UpdatedAt = Start.AddMinutes(6), SilencedBy = ["s1"] });
        await scenario.PassAsync(TimeSpan.FromHours(2));
        await scenario.ChangeAsync(Over("b", 9) with { SilencedBy = ["s1"] });
        await scenario.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(["Opened!"], scenario.Words.Where(word => word.EndsWith('!')));
        Assert.True(scenario.Told[^1].IsOver);
    }

    [Fact]
    public async Task OpenedTogether_AFlappingOneIsOver_TheEndOfTheOtherIsTold()
    {
        var scenario = await new NotificationScenario(new()).BeginAsync();
        await scenario.ChangeAsync(Sample("a"), Sample("b"));
        await scenario.ChangeAsync(Over("a", 5) with { Flapping = true });
        await scenario.ChangeAsync(Over("b", 9));

        Assert.Equal(["Opened!", "Closed!"], scenario.Words);
    }

    private static Incident Over(string id, int minute) => Sample(id, IncidentStatus.Closed) with
    {
        UpdatedAt = Start.AddMinutes(minute),
        ResolvedAt = Start.AddMinutes(minute),
    };
}
