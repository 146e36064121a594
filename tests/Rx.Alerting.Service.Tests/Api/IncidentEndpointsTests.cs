using System.Net;
using System.Text.Json;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Service.Tests.Api;

public sealed class IncidentEndpointsTests : IAsyncLifetime
{
    private RunningService service = null!;

    public async ValueTask InitializeAsync()
    {
        service = await RunningService.StartAsync(ScriptedSource.Silent);
        await service.ShowAsync(
            IncidentSamples.Sample("a", IncidentStatus.Open, minute: 0, affected: 30),
            IncidentSamples.Sample("b", IncidentStatus.Closed, minute: 1, affected: 10, IncidentSeverity.Alert),
            IncidentSamples.Sample("c", IncidentStatus.Expired, minute: 2, affected: 20),
            IncidentSamples.Sample("d", IncidentStatus.Open, minute: 3, affected: 20, IncidentSeverity.Alert));
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Theory]
    [InlineData("", "dcba")]
    [InlineData("?status=open", "da")]
    [InlineData("?status=open&status=expired", "dca")]
    [InlineData("?order_by=started_at", "abcd")]
    [InlineData("?order_by=affected_views", "bcda")]
    [InlineData("?order_by=-affected_views", "acdb")]
    [InlineData("?order_by=-severity", "bdac")]
    [InlineData("?incident_key=key-c", "c")]
    [InlineData("?incident_key=key-c&status=open", "")]
    [InlineData("?incident_key=unknown", "")]
    [InlineData("?limit=3", "dcb")]
    [InlineData("?limit=3&page=2", "a")]
    [InlineData("?limit=3&page=3", "")]
    [InlineData("?limit=100&page=1000000", "")]
    public async Task List_Query_GivesThePageInOrder(string query, string expected)
    {
        var (status, type, body) = await service.GetAsync($"/api/v1/incidents{query}");

        Assert.Equal(200, status);
        Assert.Equal("application/json", type);
        Assert.Equal(
            expected, string.Concat(body.GetProperty("data").EnumerateArray().Select(incident => incident.GetProperty("id").GetString())));
    }

    [Fact]
    public async Task List_Envelope_HasTimeframeAndTotal()
    {
        var (_, _, body) = await service.GetAsync("/api/v1/incidents?status=open&limit=1");

        Assert.Equal(["data", "timeframe", "total_row_count"], body.EnumerateObject().Select(member => member.Name));
        Assert.Equal(2, body.GetProperty("total_row_count").GetInt32());
        Assert.Equal([1_700_000_000, 1_700_000_240], body.GetProperty("timeframe").EnumerateArray().Select(time => time.GetInt64()));
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("limit=1&limit=2", "limit")]
    [InlineData("page=0", "page")]
    [InlineData("page=-1", "page")]
    [InlineData("page=99999999999", "page")]
    [InlineData("page=9999999", "page")]
    [InlineData("status=Open", "status")]
    [InlineData("status=", "status")]
    [InlineData("status=open&status=gone", "status")]
    [InlineData("incident_key=", "incident_key")]
    [InlineData("incident_key=a&incident_key=b", "incident_key")]
    [InlineData("order_by=colour", "order_by")]
    [InlineData("order_by=", "order_by")]
    [InlineData("sort=started_at", "sort")]
    [InlineData("limit=0&page=x&status=gone&order_by=--started_at", "limit,order_by,page,status")]
    public async Task List_WrongParameters_NamesEveryOne(string query, string wrong)
    {
        var (status, type, body) = await service.GetAsync($"/api/v1/incidents?{query}");

        Assert.Equal(400, status);
        Assert.Equal("application/problem+json", type);
        Assert.Equal(wrong, string.Join(',', body.GetProperty("errors").EnumerateObject().Select(fault => fault.Name).Order()));
    }

    [Fact]
    public async Task Get_KnownId_GivesTheIncidentReadable()
    {
        var text = await service.Client.GetStringAsync(
            new Uri("/api/v1/incidents/b", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Contains("“Enlace”", text, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(text);
        var incident = document.RootElement.GetProperty("data");
        Assert.Equal("closed", incident.GetProperty("status").GetString());
        Assert.Equal("alert", incident.GetProperty("severity").GetString());
        Assert.Equal(86, incident.GetProperty("timeline")[0].GetProperty("errors").GetInt32());
        Assert.Equal(
            [1_700_000_060, 1_700_000_120], document.RootElement.GetProperty("timeframe").EnumerateArray().Select(time => time.GetInt64()));
    }

    [Theory]
    [InlineData("/api/v1/incidents/unknown")]
    [InlineData("/api/v1/nothing")]
    public async Task Get_Unknown_IsAProblemOf404(string address)
    {
        var (status, type, body) = await service.GetAsync(address);

        Assert.Equal(404, status);
        Assert.Equal("application/problem+json", type);
        Assert.Equal(404, body.GetProperty("status").GetInt32());
    }

    /// <summary>As lists do: whoever asks for what there is not must not take the answer for it.</summary>
    [Theory]
    [InlineData("b?status=open", 400)]
    [InlineData("b?fields=id", 400)]
    [InlineData("unknown?fields=id", 400)]
    [InlineData("b?", 200)]
    public async Task Get_UnknownParameter_IsRefused(string id, int expected)
    {
        var (status, _, body) = await service.GetAsync($"/api/v1/incidents/{id}");

        Assert.Equal(expected, status);
        if (expected == 400)
            Assert.Equal("urn:rx-alerting:problem:wrong-parameters", body.GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/health/live")]
    [InlineData("/api/v1/incidents")]
    [InlineData("/api/v1/incidents/b")]
    public async Task Head_OfWhatCanBeGot_IsAnsweredWithoutContent(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri(address, UriKind.Relative));
        using var response = await service.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Index_ListsTheAddresses()
    {
        var text = await service.Client.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Contains("/api/v1/incidents", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_WhileServing_IsLive()
    {
        using var response = await service.Client.GetAsync(
            new Uri("/health/live", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
