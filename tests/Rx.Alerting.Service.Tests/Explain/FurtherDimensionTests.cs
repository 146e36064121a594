using System.Text.Json;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Tests.CommandLine;

namespace Rx.Alerting.Service.Tests.Explain;

/// <summary><c>--dimension NAME[=FIELD]</c>: fields of records that views are not compared by anyway.</summary>
public sealed class FurtherDimensionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Half of the views of one series fail in the interval, whatever their other values are.</summary>
    private static IEnumerable<string> SeriesThatFails(string field = "video_series") => Enumerable.Range(0, 7000).Select(i =>
    {
        var (isInside, series) = (i % 7 == 0, $"series {i / 7 % 5}");
        var time = isInside ? ViewFile.Begin.AddMilliseconds(i * 80L) : ViewFile.Begin.AddHours(-1).AddMilliseconds(i * 500L);
        var error = i % 50 == 1 || (isInside && series == "series 3" && i % 2 == 0) ? ",\"error_type\":\"network\"" : string.Empty;
        return ViewFile.Line(i, time, $",\"cdn\":\"cdn {i / 35 % 3}\",\"{field}\":\"{series}\"{error}");
    });

    [Fact]
    public async Task Dimension_OfTheRecord_IsRanked()
    {
        var json = await JsonAsync(Write(SeriesThatFails()), "--dimension", "video_series");

        Assert.Equal("video_series=series 3", Best(json));
        Assert.Equal("cause", json.GetProperty("explained_by").GetString());
        Assert.Empty(json.GetProperty("notes").EnumerateArray());
    }

    [Fact]
    public async Task Dimension_NotAskedFor_IsNotRanked()
    {
        var json = await JsonAsync(Write(SeriesThatFails()));

        Assert.Equal("none", json.GetProperty("explained_by").GetString());
        Assert.DoesNotContain("series", json.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dimension_WithTheNameOfAnother_TakesItsPlace()
    {
        var json = await JsonAsync(Write(SeriesThatFails("my_cdn")), "--dimension", "cdn=my_cdn");

        Assert.Equal("cdn=series 3", Best(json));
        Assert.DoesNotContain("\"cdn 0\"", json.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dimension_NumbersTruthValuesAndEscapes_AreTexts()
    {
        var lines = SeriesThatFails().Select((line, i) =>
            line[..^1] + $",\"viewer\\u005fplan\":{(line.Contains("series 3", StringComparison.Ordinal) ? "false" : "true")}}}");

        var json = await JsonAsync(Write(lines), "--dimension", "viewer_plan");

        Assert.Equal("viewer_plan=false", Best(json));
    }

    [Fact]
    public async Task Dimension_OfAFieldThatAnotherHasToo_IsKnownInBoth()
    {
        var path = Write(SeriesThatFails());

        var one = await JsonAsync(path, "--dimension", "a=video_series", "--dimension", "b=custom_9");
        var both = await JsonAsync(path, "--dimension", "a=video_series", "--dimension", "b=video_series");

        Assert.Contains("so none has a b.", Notes(one), StringComparison.Ordinal);
        Assert.DoesNotContain("so none has a b.", Notes(both), StringComparison.Ordinal);
    }

    /// <summary>Quotes within a text are not escaped, so the record is not JSON.</summary>
    [Fact]
    public async Task Dimension_OfRecordsPutTogetherByHand_IsRankedToo()
    {
        var lines = SeriesThatFails().Select(line => line[..^1] + ",\"player_error_message\":\"the \"stream\" broke\"}");

        var json = await JsonAsync(Write(lines), "--dimension", "video_series");

        Assert.Equal("video_series=series 3", Best(json));
    }

    [Fact]
    public async Task Dimension_OfProtocolBuffers_IsFoundByItsName()
    {
        var json = await JsonAsync(
            WriteProtobuf(), "--dimension", "video_series", "--dimension", "view_has_ad", "--dimension", "page_load_time");

        Assert.Equal("video_series=series 3", Best(json));
        Assert.DoesNotContain("view_has_ad", Notes(json), StringComparison.Ordinal);
        Assert.Contains("has a value in the field “page_load_time”", Notes(json), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dimension_InNoRecord_IsSaid()
    {
        var path = Write(SeriesThatFails());

        var json = await JsonAsync(path, "--dimension", "video_serie", "--dimension", "plan=custom_1");
        var text = await ExplainAsync(path, "--dimension", "video_serie");

        Assert.Contains("has a value in the field “video_serie”, so none has a video_serie.", Notes(json), StringComparison.Ordinal);
        Assert.Contains("has a value in the field “custom_1”, so none has a plan.", Notes(json), StringComparison.Ordinal);
        Assert.Contains("has a value in the field “video_serie”", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dimension_OfAnAccessLog_IsSaidToBeThereNowhere()
    {
        var lines = Enumerable.Range(0, 60).Select(i =>
            $"192.0.2.1 - - [22/Nov/2026:08:30:{i:00} +0000] \"GET /{i % 3} HTTP/1.1\" {(i % 3 == 0 ? 500 : 200)} 5");

        var json = await JsonAsync(Write(lines), "--dimension", "status");

        Assert.Contains("has a value in the field “status”", Notes(json), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--dimension is “”, must be NAME or NAME=FIELD, such as video_series or cdn=my_cdn", "")]
    [InlineData("--dimension is “cdn=”, must be NAME or NAME=FIELD", "cdn=")]
    [InlineData("--dimension is “c\ufffddn=x”, must be NAME or NAME=FIELD in printable characters", "c\u001bdn=x")]
    [InlineData("--dimension video_title: views are compared by video_title already", "video_title")]
    [InlineData("video_title is the name of what incidents are about", "video_title=custom_1")]
    [InlineData("--dimension cdn: views are compared by cdn already", "cdn")]
    [InlineData("--dimension mine=country: views are compared by country already", "mine=country")]
    [InlineData("--dimension video_id=custom_1: video_id is the name of what incidents are about; choose", "video_id=custom_1")]
    [InlineData("--dimension error_type: error_type says how a view failed, so it would explain every failure by itself", "error_type")]
    [InlineData("--dimension a is given 2 times, must be given once", "a", "a=b")]
    [InlineData("--dimension is given 9 times, must be given at most 8 times", "a", "b", "c", "d", "e", "f", "g", "h", "i")]
    public async Task Dimension_Wrong_IsMisuse(string message, params string[] values)
    {
        var run = await ExplainAsync(folder["views.jsonl"], [.. values.SelectMany(value => (string[])["--dimension", value])]);

        run.Expect(ExitCode.Misused);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        run.ExpectNoStackTrace();
    }

    private static IEnumerable<byte[]> ProtobufViews()
    {
        foreach (var (line, i) in SeriesThatFails().Select((line, i) => (JsonDocument.Parse(line).RootElement, i)))
        {
            var time = line.GetProperty("view_end").GetDateTimeOffset().ToUnixTimeSeconds();
            var message = new ProtobufMessage()
                .Text(1, line.GetProperty("view_id").GetString()!).Text(2, "p1")
                .Message(4, new ProtobufMessage().Number(1, (ulong)time))
                .Text(9, line.GetProperty("cdn").GetString()!).Text(77, line.GetProperty("video_series").GetString()!)
                .Number(130, (ulong)(i / 3 % 2));
            if (line.TryGetProperty("error_type", out _))
                message.Number(19, 5);
            yield return message.Delimited();
        }
    }

    private string Write(IEnumerable<string> lines)
    {
        File.WriteAllLines(folder["views.jsonl"], lines);
        return folder["views.jsonl"];
    }

    private string WriteProtobuf()
    {
        File.WriteAllBytes(folder["views.pb"], [.. ProtobufViews().SelectMany(record => record)]);
        return folder["views.pb"];
    }

    private static string Best(JsonElement json) => string.Join(" and ", json.GetProperty("explanations")[0].GetProperty("dimensions")
        .EnumerateArray().Select(one => $"{one.GetProperty("name").GetString()}={one.GetProperty("value").GetString()}"));

    private static string Notes(JsonElement json) => string.Join('\n', json.GetProperty("notes").EnumerateArray());

    private static async Task<JsonElement> JsonAsync(string path, params string[] more)
    {
        var run = await ExplainAsync(path, [.. more, "--json"]);
        run.Expect(ExitCode.Success);
        return JsonDocument.Parse(run.Output).RootElement;
    }

    private static Task<CommandRun> ExplainAsync(string path, params string[] more) =>
        CommandRun.OfAsync(["explain", path, "--from", "2026-11-22T08:30Z", "--to", "2026-11-22T08:40Z", .. more]);
}
