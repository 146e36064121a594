using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;
using static Rx.Alerting.Testing.Incidents.IncidentSamples;

namespace Rx.Alerting.Core.Tests.Notifications;

/// <summary>Somebody has mended a receiver, and asks for another attempt.</summary>
public sealed class NotificationRetryTests
{
    private static readonly NotifyResult Refusal = new NotifyResult.Refused("invalid_auth");

    private readonly NotificationScenario scenario = new();

    [Fact]
    public async Task OpeningThatWasRefused_IsTold_Once()
    {
        await RefuseAsync(At(1));

        Assert.Equal(1, await scenario.RetryAsync());
        Assert.Equal(["Opened!"], scenario.Words);
        Assert.Equal(0, await scenario.RetryAsync());
        Assert.Equal(["Opened!"], scenario.Words);
    }

    [Fact]
    public async Task OpeningThatWasRefused_IsOverSince_IsToldAsOver()
    {
        await RefuseAsync(At(1));
        await scenario.ChangeAsync(At(5, IncidentStatus.Closed));

        Assert.Equal(1, await scenario.RetryAsync());
        Assert.True(Assert.Single(scenario.Told).IsOver);
    }

    [Fact]
    public async Task EndThatWasRefused_IsTold()
    {
        await scenario.BeginAsync();
        await scenario.ChangeAsync(At(1));
        scenario.Answer(Refusal);
        await scenario.ChangeAsync(At(5, IncidentStatus.Closed));

        Assert.Equal(1, await scenario.RetryAsync());
        Assert.Equal(["Opened!", "Closed!"], scenario.Words);
    }

    [Fact]
    public async Task ReopeningThatWasRefused_IsTold()
    {
        await scenario.BeginAsync();
        await scenario.ChangeAsync(At(1));
        await scenario.ChangeAsync(At(5, IncidentStatus.Closed));
        scenario.Answer(Refusal);
        await scenario.ChangeAsync(At(7));

        Assert.Equal(1, await scenario.RetryAsync());
        Assert.Equal(["Opened!", "Closed!", "Reopened!"], scenario.Words);
    }

    [Fact]
    public async Task WhatWaitsForItsNextAttempt_IsTriedNow()
    {
        await scenario.BeginAsync();
        scenario.Answer(new NotifyResult.Later("503", false, TimeSpan.FromHours(5)));
        await scenario.ChangeAsync(At(1));
        Assert.Empty(scenario.Told);

        Assert.Equal(1, await scenario.RetryAsync());
        Assert.Equal(["Opened!"], scenario.Words);
    }

    [Fact]
    public async Task WhatWasTold_AndWhatIsNotToBeTold_IsNotTriedAgain()
    {
        await scenario.BeginAsync();
        await scenario.ChangeAsync(At(1));
        await scenario.ChangeAsync(Sample("part") with { ParentId = "a", ErrorType = "other" });
        await scenario.ChangeAsync(At(2) with { AffectedViews = 77 }); // Waits for its turn.

        Assert.Equal(0, await scenario.RetryAsync());
        Assert.Equal(["Opened!"], scenario.Words);
    }

    private async Task RefuseAsync(Incident incident)
    {
        await scenario.BeginAsync();
        scenario.Answer(Refusal);
        await scenario.ChangeAsync(incident);
        Assert.Empty(scenario.Told);
    }

    private static Incident At(int minute, IncidentStatus status = IncidentStatus.Open) =>
        Sample("a", status) with { UpdatedAt = Start.AddMinutes(minute) };
}
