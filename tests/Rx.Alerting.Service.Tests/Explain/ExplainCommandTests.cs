using System.Text.Json;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Tests.CommandLine;

namespace Rx.Alerting.Service.Tests.Explain;

public sealed class ExplainCommandTests : IDisposable
{
    private const string From = "2026-11-22T08:30Z";
    private const string To = "2026-11-22T08:40Z";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Text_OneSliceFails_SaysSoInTheFirstLine()
    {
        var run = await ExplainAsync(Write(ViewFile.Incident()));

        run.Expect(ExitCode.Success);
        Assert.Matches(@"^cdn=akamai and country=BR: \d+ % of the excess, \d+(\.\d)? × normal\ncause: it leads clearly\.", run.Output);
        Assert.Contains("all properties, all error types, 2026-11-22 08:30:00 to ", run.Output, StringComparison.Ordinal);
        Assert.Contains("failed with: network (", run.Output, StringComparison.Ordinal);
        Assert.Contains("affected", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', run.Output);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task Json_OneSliceFails_HasTheNumbersThatTheViewsHave()
    {
        var json = await JsonAsync(Write(ViewFile.Incident()));

        var lines = ViewFile.Incident().Where((_, i) => i % 7 == 0).ToList();
        Assert.Equal(lines.Count, json.GetProperty("views").GetInt64());
        Assert.Equal(Failed(lines), json.GetProperty("affected_views").GetInt64());
        Assert.Equal("cause", json.GetProperty("explained_by").GetString());
        Assert.Equal("2026-11-22T08:30:00+00:00", json.GetProperty("from").GetString());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("property_id").ValueKind);
        Assert.Equal(0.02, json.GetProperty("normal_rate").GetDouble(), 2);
        var best = json.GetProperty("explanations")[0];
        var hit = lines.Where(line => line.Contains("\"akamai\",\"country\":\"BR\"", StringComparison.Ordinal)).ToList();
        Assert.Equal(hit.Count, best.GetProperty("views").GetInt64());
        Assert.Equal(Failed(hit), best.GetProperty("affected_views").GetInt64());
        Assert.Equal((double)Failed(hit) / hit.Count, best.GetProperty("error_rate").GetDouble(), 6);
        Assert.Empty(json.GetProperty("notes").EnumerateArray());

        static int Failed(List<string> views) => views.Count(line => line.Contains("error_type", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Json_FilesInAnyOrder_IsTheSameToTheByte()
    {
        var lines = ViewFile.Incident().ToList();
        var whole = Write(lines);
        var odd = Write(lines.Where((_, i) => i % 3 > 0).Reverse(), "odd.jsonl");
        var even = Write(lines.Where((_, i) => i % 3 == 0), "even.jsonl");

        var expected = await ExplainAsync(whole, "--json");

        Assert.Equal(expected.Output, (await ExplainAsync(odd, even, "--json")).Output);
        Assert.Equal(expected.Output, (await ExplainAsync(even, odd, "--json")).Output);
    }

    [Fact]
    public async Task Json_OnePropertyOfTwoFails_PropertyIsADimension()
    {
        var other = ViewFile.Incident().Select(line => line.Replace("\"p1\"", "\"p2\"", StringComparison.Ordinal)
            .Replace(",\"error_type\":\"network\"", string.Empty, StringComparison.Ordinal));
        var file = Write(ViewFile.Incident().Concat(other));

        Assert.Contains("property_id=p1", Slices(await JsonAsync(file))[0], StringComparison.Ordinal);
        Assert.DoesNotContain("property_id", Slices(await JsonAsync(file, "--property", "p1"))[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_OneTitleFails_IsNamedByItsText()
    {
        var file = Write(ViewFile.Incident().Select((line, i) => line.Replace(
            "\"view_id\"",
            line.Contains("error_type", StringComparison.Ordinal) && i % 7 == 0
                ? "\"video_id\":\"4711\",\"video_title\":\"Enlace\",\"view_id\""
                : $"\"video_id\":\"{i % 100}\",\"view_id\"",
            StringComparison.Ordinal)));

        Assert.Equal("video_title=Enlace", Slices(await JsonAsync(file))[0]);
    }

    [Fact]
    public async Task Json_OtherErrorType_CountsAsNoFailure()
    {
        var file = Write(ViewFile.Incident().Concat(
            Enumerable.Range(0, 300).Select(i => ViewFile.Line(i, ViewFile.Begin, ",\"cdn\":\"lumen\",\"error_type\":\"decode\""))));

        Assert.Equal("cdn=akamai country=BR", Slices(await JsonAsync(file, "--error-type", "network"))[0]);
        Assert.StartsWith("cdn=lumen", Slices(await JsonAsync(file, "--error-type", "decode"))[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_AccessLog_NamesWhoAskedAndNotTheStatus()
    {
        var lines = Enumerable.Range(0, 2000).Select(i =>
        {
            var (hour, agent) = (i % 2 == 0 ? 7 : 8, i / 2 % 4 == 0 ? "Roku/9" : "Mozilla/5.0 Firefox/99");
            var status = hour == 8 && agent == "Roku/9" ? 503 : 200;
            return $"10.0.0.1 - - [22/Nov/2026:0{hour}:30:{i % 60:00} +0000] \"GET /{i % 20} HTTP/1.1\" {status} 12 \"-\" \"{agent}\"";
        });

        Assert.Equal("user_agent=Roku", Slices(await JsonAsync(Write(lines)))[0]);
    }

    [Fact]
    public async Task NoViewsBefore_RanksAgainstTheRestAndSaysSo()
    {
        var json = await JsonAsync(Write(ViewFile.Incident().Where((_, i) => i % 7 == 0)));

        Assert.Equal("cdn=akamai country=BR", Slices(json)[0]);
        Assert.Equal("cause", json.GetProperty("explained_by").GetString());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("normal_rate").ValueKind);
        Assert.Contains("No views before", json.GetProperty("notes")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NothingFails_SaysThatNothingIsToBeExplained()
    {
        var run = await ExplainAsync(Write([ViewFile.Line(1, ViewFile.Begin, ",\"cdn\":\"fastly\"")]));

        run.Expect(ExitCode.Success);
        Assert.StartsWith("No view failed.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AllViewsFailAlike_SaysThatNoSliceStandsOut()
    {
        // A fifth of all views of the interval, whatever they are.
        var run = await ExplainAsync(Write(ViewFile.Incident().Select((line, i) => i % 7 > 0
            ? line
            : line.Replace(",\"error_type\":\"network\"", string.Empty, StringComparison.Ordinal)
                .Replace(",\"cdn\"", i / 7 % 5 == 0 ? ",\"error_type\":\"network\",\"cdn\"" : ",\"cdn\"", StringComparison.Ordinal))));

        run.Expect(ExitCode.Success);
        Assert.StartsWith("No slice stands out.", run.Output, StringComparison.Ordinal);
    }

    private static List<string> Slices(JsonElement json) =>
    [
        .. json.GetProperty("explanations").EnumerateArray().Select(explanation => string.Join(' ', explanation.GetProperty("dimensions")
            .EnumerateArray().Select(part => $"{part.GetProperty("name").GetString()}={part.GetProperty("value").GetString()}"))),
    ];

    private static async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        var run = await ExplainAsync([.. arguments, "--json"]);
        run.Expect(ExitCode.Success);
        return JsonSerializer.Deserialize<JsonElement>(run.Output);
    }

    private static Task<CommandRun> ExplainAsync(params string[] arguments) =>
        CommandRun.OfAsync(["explain", .. arguments, "--from", From, "--to", To]);

    private string Write(IEnumerable<string> lines, string name = "views.jsonl")
    {
        File.WriteAllLines(folder[name], lines);
        return folder[name];
    }
}
