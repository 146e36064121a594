using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Tests.CommandLine;

namespace Rx.Alerting.Service.Tests.Configuration;

/// <summary>Where settings come from, seen through <c>rx-alerting options</c>, which shows what is in force.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Fact]
    public async Task Values_FromAllOrigins_LastOneWins()
    {
        await WriteAsync("""
            { // comments and trailing commas are fine
              "Detection": { "TailProbability": 1e-7, "MinimumErrors": 6, "MinimumExcess": 7 },
              "Windows": { "NestedViews": [50, 60] },
              "incidents": { "updateinterval": "90s" },
            }
            """);
        var environment = new Dictionary<string, string>
        {
            ["RX_ALERTING__Detection__MinimumErrors"] = "8",
            ["RX_ALERTING__DETECTION__MINIMUMEXCESS"] = "9",
            ["UNRELATED"] = "1",
        };

        var run = await CommandRun.OfAsync(
            environment, "options", "--config", file, "--set", "Detection:MinimumExcess=10", "--lateness", "1.5h");

        run.Expect(ExitCode.Success);
        Assert.Equal("1e-7", Shown(run, "Detection:TailProbability"));
        Assert.Equal("8", Shown(run, "Detection:MinimumErrors"));
        Assert.Equal("10", Shown(run, "Detection:MinimumExcess"));
        Assert.Equal("50,60", Shown(run, "Windows:NestedViews"));
        Assert.Equal("90s", Shown(run, "Incidents:UpdateInterval"));
        Assert.Equal("90m", Shown(run, "EventTime:MaximumOutOfOrderness"));
    }

    [Fact]
    public async Task Faults_OfEveryKindAndOrigin_AreAllToldAtOnce()
    {
        await WriteAsync("""{ "Detection": { "MinimumErors": 6 }, "Windows": 3, "Baseline": { "HalfLife": "7" } }""");
        var environment = new Dictionary<string, string> { ["RX_ALERTING__Detection__MinimumRatio"] = "much" };

        var run = await CommandRun.OfAsync(
            environment, "options", "--config", file, "--set", "nonsense", "--set", "Detection:TailProbability=2", "--lateness", "2 weeks");

        run.Expect(ExitCode.Misused);
        run.ExpectNoStackTrace();
        Assert.Contains(
            "there is no option Detection:MinimumErors; did you mean Detection:MinimumErrors?", run.Error, StringComparison.Ordinal);
        Assert.Contains("there is no option Windows", run.Error, StringComparison.Ordinal);
        Assert.Contains("Baseline:HalfLife is “7”, must be a span of time", run.Error, StringComparison.Ordinal);
        Assert.Contains("RX_ALERTING__Detection__MinimumRatio: Detection:MinimumRatio is “much”", run.Error, StringComparison.Ordinal);
        Assert.Contains("--set nonsense: must be Key=Value", run.Error, StringComparison.Ordinal);
        Assert.Contains("Detection:TailProbability is 2, must be from 1E-15 to 0.1", run.Error, StringComparison.Ordinal);
        Assert.Contains("--lateness: EventTime:MaximumOutOfOrderness is “2 weeks”", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_ByItsPlaces_TakesThePlaceOfAWholeList()
    {
        await WriteAsync("""{ "Windows": { "NestedViews": [10, 20, 30, 40, 50, 60, 70, 80, 90, 91, 92], "TitleNestedViews": [] } }""");
        var environment = new Dictionary<string, string>
        {
            ["RX_ALERTING__AccessLog__FailureStatuses__1"] = "404",
            ["RX_ALERTING__AccessLog__FailureStatuses__0"] = "5xx",
        };

        var run = await CommandRun.OfAsync(environment, "options", "--config", file);

        run.Expect(ExitCode.Success);
        Assert.Equal("10,20,30,40,50,60,70,80,90,91,92", Shown(run, "Windows:NestedViews"));
        var emptied = run.Output.Split('\n').Single(line => line.Contains("Windows:TitleNestedViews", StringComparison.Ordinal));
        Assert.Equal(2, emptied.Split("20,50").Length); // The default stands there, and nothing before it.
        Assert.Equal("5xx,404", Shown(run, "AccessLog:FailureStatuses"));
    }

    [Fact]
    public async Task Value_NullInTheFile_IsAFault()
    {
        await WriteAsync("""{ "Windows": { "MinimumViews": null } }""");

        var run = await CommandRun.OfAsync("options", "--config", file);

        run.Expect(ExitCode.Misused);
        Assert.Contains($"--config {file}: Windows:MinimumViews is “”, must be a whole number", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json", "not JSON")]
    [InlineData("[1]", "must be an object")]
    [InlineData(
        """{ "Detection": { "MinimumErrors": 6 }, "detection": { "minimumErrors": 7 } }""", "duplicate key 'detection:minimumErrors'")]
    [InlineData("", "not JSON")]
    public async Task ConfigFile_Broken_IsAFault(string text, string message)
    {
        await WriteAsync(text);

        var run = await CommandRun.OfAsync("options", "--config", file);

        run.Expect(ExitCode.Misused);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        run.ExpectNoStackTrace();
    }

    [Fact]
    public async Task ConfigFile_Broken_TellsTheLine()
    {
        await WriteAsync("{\n  \"Detection\": oops\n}");

        var run = await CommandRun.OfAsync("options", "--config", file);

        Assert.Contains("(line 2, byte 16)", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConfigFile_Folder_IsAFault()
    {
        var run = await CommandRun.OfAsync("options", "--config", Path.GetTempPath());

        run.Expect(ExitCode.Misused);
        Assert.Contains("is a folder", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Option_GivenByItsShorthandAndInFull_IsAFault()
    {
        var run = await CommandRun.OfAsync("options", "--lateness", "5m", "--set", "eventtime:MaximumOutOfOrderness=3m");

        run.Expect(ExitCode.Misused);
        Assert.Contains("--lateness says the same already", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Span_OutOfBounds_IsToldAsPeopleWriteIt()
    {
        var run = await CommandRun.OfAsync("options", "--lateness", "1.5d");

        run.Expect(ExitCode.Misused);
        Assert.Contains("EventTime:MaximumOutOfOrderness is 36h, must be from 0s to 1d", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Kinesis:StartAt", "trim-horizon", "earliest")]
    [InlineData("Kinesis:StartAt", "TrimHorizon", "earliest")]
    [InlineData("Kinesis:StartAt", "latest", "latest")]
    [InlineData("Kafka:StartAt", "Earliest", "earliest")]
    [InlineData("Kafka:StartAt", "LATEST", "latest")]
    [InlineData("Follow:StartAt", "beginning", "beginning")]
    [InlineData("Follow:StartAt", "oldest", "earliest")]
    [InlineData("Follow:StartAt", "End", "latest")]
    [InlineData("Follow:OnGap", "Skip", "skip")]
    [InlineData("Follow:Format", "Auto", "auto")]
    [InlineData("Follow:Format", "MuxProtobuf", "mux-protobuf")]
    [InlineData("Kafka:Format", "access-log", "access-log")]
    public async Task Value_UnderAFurtherName_IsAccepted(string key, string text, string shown)
    {
        var run = await CommandRun.OfAsync("options", "--set", $"{key}={text}");

        run.Expect(ExitCode.Success);
        Assert.Equal(shown, Shown(run, key));
    }

    [Theory]
    [InlineData("Kafka:StartAt=at-timestamp", "Kafka:StartAt is at-timestamp, must be earliest or latest")]
    [InlineData("Kafka:StartAt=noon", "--set: Kafka:StartAt is “noon”, must be one of earliest, latest")]
    [InlineData("Kinesis:StartAt=beginning", "Kinesis:StartAt is beginning, must be earliest, latest or at-timestamp")]
    [InlineData("Kafka:Format=auto", "--set: Kafka:Format is “auto”, must be one of mux-json, mux-protobuf, access-log")]
    [InlineData("Follow:StartAt=1", "--set: Follow:StartAt is “1”, must be one of beginning, earliest, latest")]
    public async Task Value_OfAnotherSource_IsAFault(string setting, string message)
    {
        var run = await CommandRun.OfAsync("options", "--set", setting);

        run.Expect(ExitCode.Misused);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConfigFile_Missing_IsAFault()
    {
        var run = await CommandRun.OfAsync("options", "--config", file + ".missing");

        run.Expect(ExitCode.Misused);
        Assert.Contains(file + ".missing", run.Error, StringComparison.Ordinal);
        run.ExpectNoStackTrace();
    }

    private static string Shown(CommandRun run, string key) =>
        run.Output.Split('\n')
            .Single(line => line.Contains(key + " ", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];

    private Task WriteAsync(string text) => File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
}
