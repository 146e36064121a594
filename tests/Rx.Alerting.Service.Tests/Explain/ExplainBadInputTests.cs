using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Tests.CommandLine;

namespace Rx.Alerting.Service.Tests.Explain;

public sealed class ExplainBadInputTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("2026-11-22T08:30", "2026-11-22T08:40Z", "--from is “2026-11-22T08:30”, has no zone; write 2026-11-22T08:30Z if")]
    [InlineData("yesterday", "2026-11-22T08:40Z", "--from is “yesterday”, must be a time with its zone")]
    [InlineData("2026-11-22T08:30Z", "2026-11-32T08:40Z", "--to is “2026-11-32T08:40Z”, must be a time with its zone")]
    [InlineData("2026-11-22T08:40Z", "2026-11-22T08:40Z", "--from is 2026-11-22 08:40:00, must be before --to")]
    [InlineData("2026-11-22T09:40+01:00", "2026-11-22 08:30:00Z", "must be before --to, which is 2026-11-22 08:30:00")]
    public async Task Times_Wrong_AreMisuse(string from, string to, string message)
    {
        var run = await CommandRun.OfAsync("explain", folder["views.jsonl"], "--from", from, "--to", to);

        run.Expect(ExitCode.Misused);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Contains("explain --help", run.Error, StringComparison.Ordinal);
        run.ExpectNoStackTrace();
    }

    [Fact]
    public async Task Times_Missing_AreMisuse()
    {
        var run = await CommandRun.OfAsync("explain", folder["views.jsonl"]);

        run.Expect(ExitCode.Misused);
        Assert.Contains("--from", run.Error, StringComparison.Ordinal);
        Assert.Contains("--to", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "there are no views in the input")]
    [InlineData("{\"property_id\":\"p1\"}\n{]\n", "no record could be counted (1 malformed, 1 missing event time)")]
    public async Task File_WithoutViews_Fails(string content, string message)
    {
        await File.WriteAllTextAsync(folder["views.jsonl"], content, TestContext.Current.CancellationToken);

        var run = await ExplainAsync("--format", "mux-json");

        run.Expect(ExitCode.Failed);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
        run.ExpectNoStackTrace();
    }

    [Fact]
    public async Task File_Missing_Fails()
    {
        var run = await ExplainAsync();

        run.Expect(ExitCode.Failed);
        Assert.Contains("no such file", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--property", "p9", "no view of property “p9”; there are p1 (2)")]
    [InlineData("--error-type", "decode", "no view failed with error type “decode”; there are network (1)")]
    [InlineData("--error-type", "404", "--failure-status 404 makes it a failure")]
    public async Task Filter_FitsNothing_SaysWhatThereIs(string option, string value, string message)
    {
        Write(ViewFile.Line(1, ViewFile.Begin, ",\"error_type\":\"network\""), ViewFile.Line(2, ViewFile.Begin, string.Empty));

        var run = await ExplainAsync(option, value);

        run.Expect(ExitCode.Failed);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interval_WithoutViews_SaysWhenThereAreViews()
    {
        Write(ViewFile.Line(1, ViewFile.Begin.AddHours(-3), string.Empty), ViewFile.Line(2, ViewFile.Begin.AddHours(2), string.Empty));

        var run = await ExplainAsync();

        run.Expect(ExitCode.Failed);
        Assert.Contains("the views are from 2026-11-22 05:30:00 to 2026-11-22 10:30:00 UTC", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_OneFailedView_IsNoCause()
    {
        Write(ViewFile.Line(1, ViewFile.Begin, ",\"cdn\":\"fastly\",\"error_type\":\"network\""));

        var run = await ExplainAsync();

        run.Expect(ExitCode.Success);
        Assert.StartsWith("No slice stands out.", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 of 1 view failed", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_GarbageHugeLinesAndFarFuture_AreToldAndDoNotDisturb()
    {
        var lines = ViewFile.Incident().ToList();
        lines.Insert(5, "no JSON at all");
        lines.Insert(9, ViewFile.Line(-1, ViewFile.Begin, $",\"cdn\":\"{new string('x', 2 << 20)}\""));
        lines.Insert(12, ViewFile.Line(-2, ViewFile.Begin.AddYears(100), ",\"cdn\":\"akamai\",\"error_type\":\"network\""));
        Write([.. lines]);

        var run = await ExplainAsync();

        run.Expect(ExitCode.Success);
        Assert.StartsWith("cdn=akamai and country=BR", run.Output, StringComparison.Ordinal);
        Assert.Contains("of 1,000 views failed", run.Output, StringComparison.Ordinal);
        Assert.Contains("not counted: 1 malformed, 1 too long", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_ThatControlTheTerminal_AreShownHarmlessly()
    {
        Write([.. ViewFile.Incident().Select(line => line.Replace("akamai", "aka\\u001b[31mmai", StringComparison.Ordinal))]);

        var run = await ExplainAsync();

        Assert.DoesNotContain('\e', run.Output);
        Assert.Contains("cdn=aka\uFFFD[31mmai and country=BR", run.Output, StringComparison.Ordinal);
    }

    private void Write(params string[] lines) => File.WriteAllLines(folder["views.jsonl"], lines);

    private Task<CommandRun> ExplainAsync(params string[] more) => CommandRun.OfAsync(
        ["explain", folder["views.jsonl"], "--from", "2026-11-22T08:30Z", "--to", "2026-11-22T08:40Z", .. more]);
}
