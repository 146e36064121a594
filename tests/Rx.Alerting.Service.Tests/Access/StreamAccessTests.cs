using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Tests.Api;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Service.Tests.Access;

/// <summary>Who may listen to events, how long, and what a silence tells.</summary>
public sealed class StreamAccessTests : IDisposable
{
    private const string Address = "/api/v1/events";

    private static readonly DateTimeOffset Now = new(2026, 11, 30, 4, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider clock = new(Now);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Listener_WhoseTokenExpires_IsSentAwayByTheNextHeartbeat()
    {
        var token = ApiToken.Create();
        await using var service = await StartAsync(
            clock,
            ("Access:Tokens:short:Sha256", Convert.ToHexStringLower(ApiToken.HashOf(token))),
            ("Access:Tokens:short:ExpiresAt", "2026-11-30T04:00:20Z"));
        using var listener = await EventListener.OpenAsync(service, Address, token: token);
        await listener.NextAsync();

        clock.Advance(TimeSpan.FromSeconds(16));
        await listener.HeartbeatAsync();
        clock.Advance(TimeSpan.FromSeconds(15));

        Assert.True(await listener.EndsAsync());
        Assert.Equal(401, (await service.AskAsync("/", token)).Status);
    }

    [Fact]
    public async Task Heartbeat_OfAScopedListener_ComesAtItsOwnPaceWhateverOthersDo()
    {
        await using var service = await StartAsync(clock);
        using var listener = await EventListener.OpenAsync(service, Address, token: AccessSettings.Scoped);
        await listener.NextAsync();

        clock.Advance(TimeSpan.FromSeconds(10));
        await service.ShowAsync(IncidentSamples.Sample("theirs") with { PropertyId = "theirs" });
        clock.Advance(TimeSpan.FromSeconds(6));

        await listener.HeartbeatAsync();
    }

    [Fact]
    public async Task Listeners_OfOneCaller_LeaveRoomForOthers()
    {
        await using var service = await StartAsync(TimeProvider.System, ("Http:MaximumEventStreams", "8"));
        using var first = await EventListener.OpenAsync(service, Address, token: AccessSettings.Reader);
        using var second = await EventListener.OpenAsync(service, Address, token: AccessSettings.Reader);

        var third = await service.AskAsync(Address, AccessSettings.Reader);
        Assert.Equal((503, "application/problem+json"), (third.Status, third.Type));
        Assert.Contains("of one caller", third.Text, StringComparison.Ordinal);
        using var other = await EventListener.OpenAsync(service, Address, token: AccessSettings.Operator);
        Assert.Equal("begin", (await other.NextAsync()).Name);
    }

    /// <summary>The service, when the board is its own: until then, listeners are told to begin anew.</summary>
    private async Task<RunningService> StartAsync(TimeProvider time, params (string, string)[] settings)
    {
        var service = await RunningService.StartAsync(
            ScriptedSource.Silent, new TemporaryFolder(), AccessSettings.WithTokens(folder, settings), time);
        await service.ShowAsync(IncidentSamples.Sample("before") with { PropertyId = "others" });
        return service;
    }
}
