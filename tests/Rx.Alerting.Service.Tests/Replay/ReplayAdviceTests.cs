using System.Globalization;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Tests.CommandLine;

namespace Rx.Alerting.Service.Tests.Replay;

/// <summary>What people are told about a file that is wrong as a whole, although all its records can be read.</summary>
public sealed class ReplayAdviceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task File_InOrder_IsNotDoubted() =>
        Assert.Equal(string.Empty, (await ReplayAsync(Enumerable.Range(0, 60).Select(second => View(second)))).Error);

    [Fact]
    public async Task File_NewestFirst_IsToldAndHowToMendIt()
    {
        var run = await ReplayAsync(Enumerable.Range(0, 60).Reverse().Select(second => View(second)));

        Assert.Equal(59, Summary.Of(run.Output, "late"));
        Assert.Contains("59 of 60 views came late", run.Error, StringComparison.Ordinal);
        Assert.Contains(
            $"the newest come first there. Give the oldest first (tac {folder["views.jsonl"]}), or wait for them by --lateness 1m",
            run.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_NewestFirstOverHalfAnHour_IsToldThoughFewAreLate()
    {
        var run = await ReplayAsync(Enumerable.Range(0, 60).Reverse().Select(number => View(number * 30)));

        Assert.Equal(3, Summary.Of(run.Output, "late"));
        Assert.Contains("the newest come first there", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_NewestFirstWithTheLatenessThatIsAdvised_IsCounted()
    {
        var run = await ReplayAsync(Enumerable.Range(0, 60).Reverse().Select(second => View(second)), "1m");

        Assert.Equal(60, Summary.Of(run.Output, "views"));
        Assert.Equal(string.Empty, run.Error);
    }

    [Fact]
    public async Task File_TwelveViewsADayAhead_TellsWhatMovedTime()
    {
        var run = await ReplayAsync(Enumerable.Range(0, 60).Select(second => View(second is >= 10 and < 22 ? second + 86_400 : second)));

        Assert.Equal(38, Summary.Of(run.Output, "late"));
        Assert.Contains(
            "they are up to 23 h 59 min older than views before them, which moved its time to 2026-01-02 00:00:21",
            run.Error,
            StringComparison.Ordinal);
        Assert.Contains("EventTime:ConfirmingViews", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_APropertyForEveryView_IsTold()
    {
        var run = await ReplayAsync(Enumerable.Range(0, 60).Select(second => View(second, property: $"request-{second}")));

        Assert.Contains("60 properties in 60 views are too many for any to be watched", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_MorePropertiesThanAreKept_IsTold()
    {
        var run = await ReplayAsync(
            Enumerable.Range(0, 60).Select(second => View(second, property: $"request-{second}")), "0s", "Windows:MaximumProperties=2");

        Assert.Contains("60 properties in 60 views are too many for any to be watched", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_APropertyForEveryErrorOnly_IsTold()
    {
        var run = await ReplayAsync(Enumerable.Range(0, 60).Select(second =>
            View(second, property: second < 20 ? "p" : $"request-{second}", error: second < 20 ? "" : "e")));

        Assert.Contains("41 properties in 60 views are too many for any to be watched", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_ATitleForEveryView_IsTold()
    {
        var run = await ReplayAsync(Enumerable.Range(0, 60).Select(second => View(second, title: $"session-{second}")));

        Assert.Contains("nearly every view has a title of its own (60 in 60 views)", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(2)]
    public async Task File_ATypeForEveryError_IsTold(int maximumErrorTypes)
    {
        var run = await ReplayAsync(
            Enumerable.Range(0, 60).Select(
                second => View(second, error: second < 20 ? "" : $"E-{second}")), "0s", $"Windows:MaximumErrorTypes={maximumErrorTypes}");

        Assert.Contains("nearly every error has a type of its own (40 in 40)", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_ErrorsThatCannotBeRead_IsTold()
    {
        var run = await ReplayAsync(Enumerable.Range(0, 60).Select(second => second < 20 ? View(second) : View(second)[..40]));

        Assert.Contains(
            "40 of 60 records could not be read (40 malformed); what is in them is in no rate", run.Error, StringComparison.Ordinal);
    }

    private async Task<CommandRun> ReplayAsync(
        IEnumerable<string> lines, string lateness = "0s", string setting = "Windows:PaneInterval=1s")
    {
        var run = await CommandRun.OfAsync(
            "replay", folder.Write("views.jsonl", string.Join('\n', lines)), "--lateness", lateness, "--set", setting);
        run.Expect(ExitCode.Success);
        return run;
    }

    private static string View(int second, string property = "p", string title = "t", string error = "")
    {
        var time = (1_767_225_600 + second).ToString(CultureInfo.InvariantCulture);
        return $$"""{"property_id":"{{property}}","video_id":"{{title}}","view_end":{{time}},"error_type":"{{error}}"}""";
    }
}
