using System.Text.Json;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Service.Tests.Api;

/// <summary>The earlier and later incidents of one key, over HTTP.</summary>
public sealed class OccurrenceTests : IAsyncLifetime
{
    private RunningService service = null!;

    public async ValueTask InitializeAsync()
    {
        service = await RunningService.StartAsync(ScriptedSource.Silent);
        await service.ShowAsync(
            Sample("first", IncidentStatus.Closed, minute: 0, affected: 30) with { Reopenings = 2 },
            Sample("second", IncidentStatus.Expired, minute: 10, affected: 20, IncidentSeverity.Alert),
            IncidentSamples.Sample("other", IncidentStatus.Closed, minute: 15),
            Sample("now", IncidentStatus.Open, minute: 20, affected: 10));
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task Get_IncidentThatWasThereBefore_ListsTheOthersLatestFirst()
    {
        var body = await GetAsync("now");

        Assert.Equal(
            ["data", "timeframe", "other_occurrences", "total_other_occurrences"],
            body.EnumerateObject().Select(member => member.Name));
        Assert.Equal(2, body.GetProperty("total_other_occurrences").GetInt32());
        Assert.Equal(
            """
            [{"id":"second","status":"expired","severity":"alert","started_at":"2023-11-14T22:23:20+00:00",
            "resolved_at":"2023-11-14T22:24:20+00:00","duration":60,"affected_views":20,"reopenings":0},
            {"id":"first","status":"closed","severity":"warning","started_at":"2023-11-14T22:13:20+00:00",
            "resolved_at":"2023-11-14T22:14:20+00:00","duration":60,"affected_views":30,"reopenings":2}]
            """.ReplaceLineEndings(""),
            body.GetProperty("other_occurrences").GetRawText());
    }

    [Fact]
    public async Task Get_EarlierIncident_ListsTheOpenOneWithoutAnEnd()
    {
        var body = await GetAsync("second");

        Assert.Equal(["now", "first"], Ids(body.GetProperty("other_occurrences")));
        var open = body.GetProperty("other_occurrences")[0];
        Assert.Equal(JsonValueKind.Null, open.GetProperty("resolved_at").ValueKind);
        Assert.Equal(JsonValueKind.Null, open.GetProperty("duration").ValueKind);
    }

    [Fact]
    public async Task Get_OnlyIncidentOfItsKey_ListsNone()
    {
        var body = await GetAsync("other");

        Assert.Empty(Ids(body.GetProperty("other_occurrences")));
        Assert.Equal(0, body.GetProperty("total_other_occurrences").GetInt32());
    }

    [Fact]
    public async Task Get_ManyOthers_ListsTheLatestAndCountsAll()
    {
        await service.ShowAsync([.. Enumerable.Range(0, 30).Select(i => Sample($"more-{i}", IncidentStatus.Closed, minute: 100 + i))]);

        var body = await GetAsync("now");

        Assert.Equal(32, body.GetProperty("total_other_occurrences").GetInt32());
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"more-{29 - i}"), Ids(body.GetProperty("other_occurrences")));
    }

    [Fact]
    public async Task List_OfAKey_HasItsIncidentsAndTheirNumber()
    {
        var (status, _, body) = await service.GetAsync("/api/v1/incidents?incident_key=same&limit=2");

        Assert.Equal(200, status);
        Assert.Equal(["now", "second"], Ids(body.GetProperty("data")));
        Assert.Equal(3, body.GetProperty("total_row_count").GetInt32());
        Assert.Equal([1_700_000_000, 1_700_001_260], body.GetProperty("timeframe").EnumerateArray().Select(time => time.GetInt64()));
    }

    private async Task<JsonElement> GetAsync(string id)
    {
        var (status, _, body) = await service.GetAsync($"/api/v1/incidents/{id}");
        Assert.Equal(200, status);
        return body;
    }

    private static IEnumerable<string?> Ids(JsonElement incidents) =>
        incidents.EnumerateArray().Select(incident => incident.GetProperty("id").GetString());

    private static Incident Sample(
        string id, IncidentStatus status, int minute, long affected = 10, IncidentSeverity severity = IncidentSeverity.Warning) =>
        IncidentSamples.Sample(id, status, minute, affected, severity) with { IncidentKey = "same" };
}
