using System.Text.Json;
using Rx.Alerting.Core.Explanations;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Tests.Access;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Service.Tests.Api.Resources;

/// <summary>What there is to read below an incident.</summary>
public sealed class IncidentPartEndpointsTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private RunningService service = null!;

    public async ValueTask InitializeAsync()
    {
        service = await RunningService.StartAsync(ScriptedSource.Silent, folder, AccessSettings.WithTokens(folder));
        await service.ShowAsync(
            Sample("whole", "theirs"),
            Sample("one", "mine") with
            {
                ParentId = "whole",
                Similar = ["like", "alike"],
                ExplainedBy = ExplainedBy.Cause,
                Explanations = [Slice],
                Threshold = 0.05,
                Timeline = [new(IncidentSamples.Start, 10, 0), new(IncidentSamples.Start.AddMinutes(1), 8, 2), new(default, 0, 0)],
            },
            Sample("part", "mine") with { ParentId = "one", IncidentKey = "another" },
            Sample("like", "theirs"),
            Sample("alike", "mine") with { IncidentKey = "a third" },
            Sample("before", "mine"));
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task Related_OfAnIncident_AreToldWithTheirRelation()
    {
        var answer = await service.AskAsync("/api/v1/incidents/one/related", AccessSettings.Reader);

        Assert.Equal(["whole whole", "part part", "similar alike", "similar like", "occurrence before"], RelatedOf(answer));
        Assert.Equal(5, answer.Body.GetProperty("total_row_count").GetInt32());
    }

    [Fact]
    public async Task Related_ForATokenOfOneProperty_AreThoseOfThatPropertyAlone()
    {
        var answer = await service.AskAsync("/api/v1/incidents/one/related", AccessSettings.Scoped);

        Assert.Equal(["part part", "similar alike", "occurrence before"], RelatedOf(answer));
        Assert.Equal(3, answer.Body.GetProperty("total_row_count").GetInt32());
        Assert.DoesNotContain("theirs", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"whole\"", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Related_OfOneRelationInPages_AreCutAndCounted()
    {
        var answer = await service.AskAsync(
            "/api/v1/incidents/one/related?relation=similar&relation=part&limit=1&page=2", AccessSettings.Reader);

        Assert.Equal(["similar alike"], RelatedOf(answer));
        Assert.Equal(3, answer.Body.GetProperty("total_row_count").GetInt32());
    }

    [Fact]
    public async Task Timeline_OfAnIncident_HasRatesThresholdAndTrail()
    {
        var body = (await service.AskAsync("/api/v1/incidents/one/timeline", AccessSettings.Reader)).Body;

        Assert.Equal([0, 0.25, 0], body.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("error_rate").GetDouble()));
        Assert.Equal(0.05, body.GetProperty("threshold").GetDouble());
        Assert.Equal(JsonValueKind.Array, body.GetProperty("trail").ValueKind);
    }

    [Fact]
    public async Task Timeline_AsATable_HasARowForEachPoint()
    {
        var answer = await service.AskAsync("/api/v1/incidents/one/timeline?format=csv", AccessSettings.Reader);

        Assert.Equal("text/csv", answer.Type);
        Assert.Equal(["at,views,errors,error_rate"], answer.Text.Split("\r\n")[..1]);
        Assert.EndsWith(",8,2,0.25", answer.Text.Split("\r\n")[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explanation_OfAnIncident_SaysHowFarItIsToBeTrusted()
    {
        var known = (await service.AskAsync("/api/v1/incidents/one/explanation", AccessSettings.Reader)).Body.GetProperty("data");
        var none = (await service.AskAsync("/api/v1/incidents/part/explanation", AccessSettings.Reader)).Body.GetProperty("data");

        Assert.Equal("cause", known.GetProperty("explained_by").GetString());
        Assert.Equal("cdn-a", known.GetProperty("explanations")[0].GetProperty("dimensions")[0].GetProperty("value").GetString());
        Assert.Equal(JsonValueKind.Null, none.GetProperty("explained_by").ValueKind);
        Assert.Equal(0, none.GetProperty("explanations").GetArrayLength());
    }

    [Theory]
    [InlineData("related")]
    [InlineData("timeline")]
    [InlineData("explanation")]
    public async Task Parts_AskedForAgainWithTheirTag_HaveNotChanged(string part)
    {
        var first = await service.AskAsync($"/api/v1/incidents/one/{part}", AccessSettings.Reader);
        var again = await service.AskAsync(
            $"/api/v1/incidents/one/{part}", AccessSettings.Reader, ("If-None-Match", first.Headers.ETag!.ToString()));

        Assert.Equal((200, 304), (first.Status, again.Status));
    }

    [Theory]
    [InlineData("none/related", 404, "no-such-incident")]
    [InlineData("none/timeline?color=red", 404, "no-such-incident")]
    [InlineData("one/related?relation=cousin", 400, "must be one of whole, part, similar, occurrence")]
    [InlineData("one/related?limit=0", 400, "must be a whole number from 1 to 100")]
    [InlineData("one/timeline?color=red", 400, "is not a parameter; there are format")]
    [InlineData("one/explanation?color=red", 400, "is not a parameter; there is none")]
    public async Task Parts_WrongQuestion_AreAProblemThatNamesIt(string path, int status, string expected)
    {
        var answer = await service.AskAsync($"/api/v1/incidents/{path}", AccessSettings.Reader);

        Assert.Equal((status, "application/problem+json"), (answer.Status, answer.Type));
        Assert.Contains(expected, answer.Text, StringComparison.Ordinal);
    }

    private static Explanation Slice => new()
    {
        Dimensions = [new("cdn", "cdn-a")],
        Share = 0.9,
        ErrorRate = 0.6,
        NormalRate = 0.01,
        Lift = 60,
        Views = 100,
        AffectedViews = 60,
    };

    private static Incident Sample(string id, string property) =>
        IncidentSamples.Sample(id, IncidentStatus.Open) with { PropertyId = property, IncidentKey = property };

    private static IEnumerable<string> RelatedOf(Answer answer) => answer.Body.GetProperty("data").EnumerateArray()
        .Select(one => $"{one.GetProperty("relation").GetString()} {one.GetProperty("incident").GetProperty("id").GetString()}");
}
