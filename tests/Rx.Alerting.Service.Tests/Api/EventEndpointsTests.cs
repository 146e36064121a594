using System.Net;
using System.Text.Json;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Tests.Access;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Service.Tests.Api;

public sealed class EventEndpointsTests
{
    private const string Address = "/api/v1/events";

    [Fact]
    public async Task Listener_WithoutAnId_GetsWhatComesFromThenOn()
    {
        await using var service = await RunningService.StartAsync(ScriptedSource.Silent);
        await service.ShowAsync(IncidentSamples.Sample("before"));
        using var listener = await EventListener.OpenAsync(service, Address);
        Assert.Equal("begin", (await listener.NextAsync()).Name);

        await service.ShowAsync(IncidentSamples.Sample("a", severity: IncidentSeverity.Alert));

        var (id, name, data) = await listener.NextAsync();
        Assert.Equal("incidents", name);
        Assert.Matches("^[0-9]+-[0-9]+$", id);
        var changed = JsonDocument.Parse(data).RootElement.GetProperty("changed")[0];
        Assert.Equal("a", changed.GetProperty("id").GetString());
        Assert.Equal("open", changed.GetProperty("status").GetString());
        Assert.Equal("alert", changed.GetProperty("severity").GetString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Listener_ThatComesAgain_GetsWhatItHasMissed(bool byHeader)
    {
        await using var service = await RunningService.StartAsync(ScriptedSource.Silent);
        await service.ShowAsync(IncidentSamples.Sample("before"));
        string last;
        using (var listener = await EventListener.OpenAsync(service, Address))
            last = (await listener.NextAsync()).Id;
        await service.ShowAsync(IncidentSamples.Sample("a"));
        await service.ShowAsync(IncidentSamples.Sample("b"));

        using var again = byHeader
            ? await EventListener.OpenAsync(service, Address, last)
            : await EventListener.OpenAsync(service, $"{Address}?lastEventId={last}");

        Assert.Contains("\"a\"", (await again.NextAsync()).Data, StringComparison.Ordinal);
        Assert.Contains("\"b\"", (await again.NextAsync()).Data, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1-0")]
    [InlineData("18446744073709551615-0")]
    [InlineData("yesterday")]
    [InlineData("1-2-3")]
    [InlineData("1-0, 2-0")]
    public async Task Listener_WithAnIdThatIsNotKnown_IsToldToBeginAnew(string id)
    {
        await using var service = await RunningService.StartAsync(ScriptedSource.Silent);
        await service.ShowAsync(IncidentSamples.Sample("a"));

        using var listener = await EventListener.OpenAsync(service, Address, id);

        Assert.Equal("reset", (await listener.NextAsync()).Name);
    }

    [Theory]
    [InlineData("lastEventId=1&lastEventId=2", "\"lastEventId\":[\"must be given once\"]")]
    [InlineData("since=1-0", "\"since\":[\"is not a parameter; there are lastEventId\"]")]
    [InlineData("lastEventID=1-0", "\"lastEventID\":[")]
    public async Task Listener_WithAParameterThatWouldBeLost_IsToldSo(string query, string expected)
    {
        await using var service = await RunningService.StartAsync(ScriptedSource.Silent);

        var get = await service.AskAsync($"{Address}?{query}");
        var head = await service.SendAsync(HttpMethod.Head, $"{Address}?{query}", null, null);

        Assert.Equal((400, "application/problem+json", 400), (get.Status, get.Type, head.Status));
        Assert.Contains(expected, get.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listener_WithAnEmptyId_HasSeenNothing()
    {
        await using var service = await RunningService.StartAsync(ScriptedSource.Silent);
        await service.ShowAsync(IncidentSamples.Sample("a"));

        using var listener = await EventListener.OpenAsync(service, $"{Address}?lastEventId=");

        Assert.Equal("begin", (await listener.NextAsync()).Name);
    }

    [Fact]
    public async Task Listeners_BeyondTheBound_AreSentAway()
    {
        var folder = new TemporaryFolder();
        var settings = new Settings { Sqlite = new() { Path = folder["state.db"] }, Http = new() { MaximumEventStreams = 1 } };
        await using var service = await RunningService.StartAsync(ScriptedSource.Silent, folder, settings);
        using var listener = await EventListener.OpenAsync(service, Address);

        using var second = await service.Client.GetAsync(new Uri(Address, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, second.StatusCode);
        Assert.NotNull(second.Headers.RetryAfter);
    }

    [Fact]
    public async Task Listeners_OfAServiceThatStops_ComeToTheEnd()
    {
        var service = await RunningService.StartAsync(ScriptedSource.Silent);
        using var listener = await EventListener.OpenAsync(service, Address);
        await listener.NextAsync();
        var begin = TimeProvider.System.GetTimestamp();

        await service.DisposeAsync();

        Assert.True(await listener.EndsAsync());
        Assert.InRange(TimeProvider.System.GetElapsedTime(begin).TotalSeconds, 0, 4);
    }
}
