using System.Globalization;
using System.Text.RegularExpressions;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Tests.CommandLine;
using Rx.Alerting.Service.Tests.Replay;

namespace Rx.Alerting.Service.Tests.Simulate;

public sealed class SimulateAndScoreTests(SimulatedTraffic traffic) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Simulate_SameSeed_WritesTheSameBytes()
    {
        await SimulateAsync("a", "--seed", "7");
        await SimulateAsync("b", "--seed", "7");
        await SimulateAsync("c", "--seed", "8");

        Assert.Equal(await ViewsAsync("a"), await ViewsAsync("b"));
        Assert.NotEqual(await ViewsAsync("a"), await ViewsAsync("c"));
    }

    [Fact]
    public async Task Simulate_WrongOptions_AreAllToldInTheWordsOfTheCommandLine()
    {
        var run = await CommandRun.OfAsync("simulate", "--views", "0", "--partitions", "-1", "--disorder", "soon", "--out", folder["x"]);

        run.Expect(ExitCode.Misused);
        Assert.Contains("--views is 0", run.Error, StringComparison.Ordinal);
        Assert.Contains("--partitions is -1", run.Error, StringComparison.Ordinal);
        Assert.Contains("--disorder is “soon”", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["x"]));
        run.ExpectNoStackTrace();
    }

    [Theory]
    [InlineData("simulate", "--views", "10")]
    [InlineData("simulate", "--views", "many", "--out", "x")]
    [InlineData("simulate", "--format", "csv", "--out", "x")]
    [InlineData("score", "labels.jsonl")]
    public async Task Usage_Wrong_IsMisuse(params string[] arguments) => (await CommandRun.OfAsync(arguments)).Expect(ExitCode.Misused);

    [Fact]
    public async Task Simulate_OverMorePartitions_IsRefused()
    {
        await SimulateAsync("a", "--partitions", "2");

        var run = await CommandRun.OfAsync("simulate", "--views", "2000", "--days", "1", "--out", folder["a"]);

        run.Expect(ExitCode.Misused);
        Assert.Contains("has views-1.jsonl of other traffic", run.Error, StringComparison.Ordinal);
        await SimulateAsync("a", "--partitions", "2", "--seed", "9");
    }

    [Fact]
    public async Task Simulate_IntoNothing_IsMisuse() => (await CommandRun.OfAsync("simulate", "--out", "")).Expect(ExitCode.Misused);

    [Fact]
    public async Task Score_ReplayedTraffic_SaysWhatWasFound()
    {
        var incidents = folder["incidents.jsonl"];
        (await CommandRun.OfAsync("replay", traffic.Whole, "--out", incidents)).Expect(ExitCode.Success);

        var run = await CommandRun.OfAsync("score", traffic.Labels, incidents);

        Assert.InRange(run.ExitCode, ExitCode.Success, ExitCode.Failed);
        Assert.Contains("false alarms", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task Score_TwoPairs_AreScoredTogether()
    {
        var none = folder.Write("none.jsonl", "");
        var one = await CommandRun.OfAsync("score", traffic.Labels, none);

        var two = await CommandRun.OfAsync("score", traffic.Labels, none, traffic.Labels, none);

        Assert.Equal(2 * PropertyDays(one.Output), PropertyDays(two.Output), 1.0);
    }

    [Fact]
    public async Task Score_OddNumberOfFiles_NamesTheOneThatIsAlone()
    {
        var run = await CommandRun.OfAsync("score", "a", "b", "c");

        run.Expect(ExitCode.Misused);
        Assert.Contains("“c”", run.Error, StringComparison.Ordinal);
        run.ExpectNoStackTrace();
    }

    [Fact]
    public async Task Score_NothingFound_Fails()
    {
        var run = await CommandRun.OfAsync("score", traffic.Labels, folder.Write("none.jsonl", ""));

        run.Expect(ExitCode.Failed);
    }

    [Theory]
    [InlineData("nonsense\n")]
    [InlineData("{}\n")]
    public async Task Score_BrokenIncidents_NamesTheLine(string text)
    {
        var run = await CommandRun.OfAsync("score", traffic.Labels, folder.Write("broken.jsonl", text));

        run.Expect(ExitCode.Failed);
        Assert.Contains("line 1", run.Error, StringComparison.Ordinal);
        run.ExpectNoStackTrace();
    }

    private static double PropertyDays(string score) =>
        double.Parse(Regex.Match(score, "in ([0-9.]+) property-days").Groups[1].Value, CultureInfo.InvariantCulture);

    private async Task SimulateAsync(string name, params string[] options)
    {
        var run = await CommandRun.OfAsync(["simulate", "--views", "2000", "--days", "1", "--out", folder[name], .. options]);
        run.Expect(ExitCode.Success);
    }

    private Task<byte[]> ViewsAsync(string name) =>
        File.ReadAllBytesAsync(Path.Combine(folder[name], "views-0.jsonl"), TestContext.Current.CancellationToken);
}
