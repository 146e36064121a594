using System.Text.Json;
using Rx.Alerting.Service.Tests.Access;
using Rx.Alerting.Service.Tests.Forms;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Api.Resources;

/// <summary>How the stream is read, for programs: what the page of the pipeline shows.</summary>
public sealed class PipelineEndpointsTests : IAsyncLifetime
{
    private const string Pipelines = "/api/v1/pipelines", Partitions = "/api/v1/partitions";

    private RunningService service = null!;

    public async ValueTask InitializeAsync()
    {
        service = await FailingTitle.StartAsync();
        await service.IncidentAsync(AccessSettings.Reader);
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task Pipelines_ThatRead_HaveCountsCommitsAndCursors()
    {
        var answer = await service.AskAsync(Pipelines, AccessSettings.Reader);

        var one = Assert.Single(answer.Body.GetProperty("data").EnumerateArray());
        Assert.Equal("test/script", one.GetProperty("name").GetString());
        Assert.Equal(4000, one.GetProperty("counts").GetProperty("views").GetInt64());
        Assert.True(one.GetProperty("commit").GetProperty("id").GetInt64() > 0);
        Assert.Contains(one.GetProperty("outbox").EnumerateArray(), cursor => cursor.GetProperty("channel").GetString() == "board");
        Assert.NotEqual(JsonValueKind.Null, one.GetProperty("watermark").ValueKind);
    }

    [Fact]
    public async Task Pipelines_ForATokenOfOneProperty_HaveNoCountsOfOthers()
    {
        var one = (await service.AskAsync(Pipelines, AccessSettings.Scoped)).Body.GetProperty("data")[0];
        var partition = (await service.AskAsync(Partitions, AccessSettings.Scoped)).Body.GetProperty("data")[0];

        Assert.Equal(
            ["name", "status", "watermark", "behind_seconds", "commit"], one.EnumerateObject().Select(member => member.Name));
        foreach (var hidden in new[] { "position", "lag_records", "lag_bytes" })
            Assert.Equal(JsonValueKind.Null, partition.GetProperty(hidden).ValueKind);
    }

    [Fact]
    public async Task Partitions_AreToldWithTheirStateInPagesAndAsATable()
    {
        var list = (await service.AskAsync($"{Partitions}?pipeline=test%2Fscript", AccessSettings.Reader)).Body;
        var none = (await service.AskAsync($"{Partitions}?pipeline=other", AccessSettings.Reader)).Body;
        var csv = await service.AskAsync($"{Partitions}?format=csv", AccessSettings.Reader);

        Assert.Equal("p", Assert.Single(list.GetProperty("data").EnumerateArray()).GetProperty("partition").GetString());
        Assert.Equal(0, none.GetProperty("total_row_count").GetInt32());
        Assert.StartsWith("partition,pipeline,status,", csv.Text, StringComparison.Ordinal);
        Assert.Contains("\r\np,test/script,", csv.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"{Pipelines}?limit=1", "is not a parameter; there is none")]
    [InlineData($"{Partitions}?status=well", "must be one of reading, holding, paused, idle, waiting; may be repeated")]
    public async Task WrongQuestion_IsNamed(string path, string expected)
    {
        var answer = await service.AskAsync(path, AccessSettings.Reader);

        Assert.Equal(400, answer.Status);
        Assert.Contains(expected, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pipelines_APausedOne_IsNoticed()
    {
        await service.CommandAsync("""{"type":"pause","comment":"The broker moves"}""", AccessSettings.Admin);

        var all = (await service.AskAsync(Pipelines, AccessSettings.Reader)).Body;
        var scoped = (await service.AskAsync(Pipelines, AccessSettings.Scoped)).Body;

        Assert.Contains("by administering: The broker moves", all.GetProperty("notice").GetString(), StringComparison.Ordinal);
        Assert.Equal("Incidents may be missing or old.", scoped.GetProperty("notice").GetString());
        Assert.Equal("paused", all.GetProperty("data")[0].GetProperty("status").GetString());
    }
}
