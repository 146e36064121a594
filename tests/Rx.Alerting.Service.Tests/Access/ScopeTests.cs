using System.Text.Json;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Tests.Api;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Service.Tests.Access;

/// <summary>A token of one property sees nothing of another, nor of the platform.</summary>
public sealed class ScopeTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private RunningService service = null!;

    public async ValueTask InitializeAsync()
    {
        service = await RunningService.StartAsync(ScriptedSource.Silent, folder, AccessSettings.WithTokens(folder));
        await service.ShowAsync(
            Sample("mine", "mine") with { ParentId = "platform", Similar = ["theirs", "mine-2"] },
            Sample("mine-2", "mine") with { ParentId = "mine" },
            Sample("theirs", "theirs"),
            Sample("late", "theirs", minute: 500),
            Sample("platform", null));
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task List_OfAScope_CountsAndDatesItsOwnOnly()
    {
        var body = (await service.AskAsync("/api/v1/incidents?order_by=started_at", AccessSettings.Scoped)).Body;

        var ids = body.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("id").GetString());
        Assert.Equal(["mine", "mine-2"], ids.Order());
        Assert.Equal(2, body.GetProperty("total_row_count").GetInt32());
        Assert.Equal([1_700_000_000, 1_700_000_060], body.GetProperty("timeframe").EnumerateArray().Select(time => time.GetInt64()));
        var all = await service.AskAsync("/api/v1/incidents", AccessSettings.Reader);
        Assert.Equal(5, all.Body.GetProperty("total_row_count").GetInt32());
    }

    [Fact]
    public async Task List_OfAForeignKey_IsEmpty()
    {
        var body = (await service.AskAsync("/api/v1/incidents?incident_key=same", AccessSettings.Scoped)).Body;

        Assert.Equal(2, body.GetProperty("total_row_count").GetInt32());
    }

    [Fact]
    public async Task Pages_OfAScope_ShowItsOwnOnly()
    {
        var list = (await service.AskAsync("/?status=all", AccessSettings.Scoped)).Text;
        var one = (await service.AskAsync("/incidents/mine", AccessSettings.Scoped)).Text;

        Assert.Contains("/incidents/mine-2", list, StringComparison.Ordinal);
        Assert.All([list, one], page => Assert.DoesNotContain("theirs", page, StringComparison.Ordinal));
        Assert.All([list, one], page => Assert.DoesNotContain("incidents/platform", page, StringComparison.Ordinal));
        Assert.Contains("theirs", (await service.AskAsync("/?status=all", AccessSettings.Reader)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_OfAScope_TellItsOwnOnly()
    {
        using var listener = await EventListener.OpenAsync(service, "/api/v1/events", token: AccessSettings.Scoped);
        Assert.Equal("begin", (await listener.NextAsync()).Name);

        await service.ShowAsync(Sample("theirs-2", "theirs"));
        await service.ShowAsync(Sample("mine-3", "mine") with { ParentId = "platform" }, Sample("theirs-3", "theirs"));

        var told = (await listener.NextAsync()).Data;
        var changed = Assert.Single(JsonDocument.Parse(told).RootElement.GetProperty("changed").EnumerateArray());
        Assert.Equal("mine-3", changed.GetProperty("id").GetString());
        Assert.Equal(JsonValueKind.Null, changed.GetProperty("parent_id").ValueKind);
        Assert.DoesNotContain("theirs", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("theirs")]
    [InlineData("platform")]
    public async Task Get_Foreign_IsAnsweredAsWhatIsNotThere(string id)
    {
        var foreign = await service.AskAsync($"/api/v1/incidents/{id}", AccessSettings.Scoped);
        var missing = await service.AskAsync("/api/v1/incidents/missing", AccessSettings.Scoped);

        Assert.Equal(404, foreign.Status);
        Assert.Equal(missing.Text.Replace("missing", id, StringComparison.Ordinal), foreign.Text);
    }

    [Fact]
    public async Task Get_Own_HasNeitherForeignOccurrencesNorParentNorSimilar()
    {
        var body = (await service.AskAsync("/api/v1/incidents/mine", AccessSettings.Scoped)).Body;
        var child = (await service.AskAsync("/api/v1/incidents/mine-2", AccessSettings.Scoped)).Body.GetProperty("data");

        Assert.Equal(1, body.GetProperty("total_other_occurrences").GetInt32());
        Assert.Equal("mine-2", Assert.Single(body.GetProperty("other_occurrences").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(JsonValueKind.Null, body.GetProperty("data").GetProperty("parent_id").ValueKind);
        Assert.Equal(["mine-2"], body.GetProperty("data").GetProperty("similar").EnumerateArray().Select(one => one.GetString()));
        Assert.Equal("mine", child.GetProperty("parent_id").GetString());
    }

    [Theory]
    [InlineData("""{"type":"acknowledge","incident_id":"theirs"}""", 404)]
    [InlineData("""{"type":"acknowledge","incident_id":"missing"}""", 404)]
    [InlineData("""{"type":"close","incident_id":"platform"}""", 404)]
    [InlineData("""{"type":"acknowledge","incident_id":"mine"}""", 200)]
    [InlineData("""{"type":"silence","property":"theirs","comment":"c","duration":"1h","starts_at":"2026-01-01T00:00:00Z"}""", 404)]
    [InlineData("""{"type":"silence","property":"m*","comment":"c","duration":"1h","starts_at":"2026-01-01T00:00:00Z"}""", 404)]
    [InlineData("""{"type":"silence","property":"shop*","comment":"c","duration":"1h","starts_at":"2026-01-01T00:00:00Z"}""", 404)]
    [InlineData("""{"type":"silence","error_type":"5","comment":"c","duration":"1h","starts_at":"2026-01-01T00:00:00Z"}""", 403)]
    [InlineData("""{"type":"silence","property":"mine","comment":"c","duration":"1h","starts_at":"2026-01-01T00:00:00Z"}""", 200)]
    [InlineData("""{"type":"unsilence","silence_id":"any"}""", 403)]
    [InlineData("""{"type":"forget","property":"theirs"}""", 404)]
    [InlineData("""{"type":"forget","property":"mine"}""", 200)]
    [InlineData("""{"type":"pause"}""", 403)]
    [InlineData("""{"type":"status"}""", 403)]
    [InlineData("""{"type":"dump-error-rates"}""", 403)]
    [InlineData("""{"type":"dump-error-rates","property":"theirs"}""", 404)]
    [InlineData("""{"type":"dump-incidents"}""", 403)]
    public async Task Command_OfAScope_ReachesItsOwnOnly(string command, int expected)
    {
        var answer = await service.CommandAsync(command, AccessSettings.Scoped);

        Assert.True(expected == answer.Status, $"{answer.Status}: {answer.Text}");
    }

    [Fact]
    public async Task Command_WithAnIdOfSomebodyElse_IsRefusedWithoutAWordOfThem()
    {
        await service.CommandAsync("""{"id":"same","type":"forget","property":"theirs"}""", AccessSettings.Admin);

        var answer = await service.CommandAsync("""{"id":"same","type":"forget","property":"mine"}""", AccessSettings.Scoped);

        Assert.Equal("refused", answer.Body.GetProperty("status").GetString());
        Assert.Contains("another command", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("administering", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("theirs", answer.Text, StringComparison.Ordinal);
    }

    private static Incident Sample(string id, string? property, int minute = 0) =>
        IncidentSamples.Sample(id, minute: minute) with { PropertyId = property, IncidentKey = "same" };
}
