using System.IO.Compression;
using System.Text.Json;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Tests.CommandLine;

namespace Rx.Alerting.Service.Tests.Replay;

public sealed class ReplayCommandTests(SimulatedTraffic traffic) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Replay_SimulatedFile_ShowsIncidentsAndSummary()
    {
        var run = await CommandRun.OfAsync("replay", traffic.Whole);

        run.Expect(ExitCode.Success);
        Assert.Equal(SimulatedTraffic.Views, Counted(run, "views"));
        Assert.True(Counted(run, "incidents") > 0, run.Output);
        Assert.Contains("threshold", run.Output, StringComparison.Ordinal);
        Assert.Contains("closed", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Error);
        Assert.DoesNotContain('\e', run.Output);
    }

    [Fact]
    public async Task Out_File_HoldsEveryChangeOfState()
    {
        var path = folder["incidents.jsonl"];

        var run = await CommandRun.OfAsync("replay", traffic.Whole, "--out", path);

        run.Expect(ExitCode.Success);
        var states = await IncidentsAsync(path);
        var incidents = states.GroupBy(state => state.Id).ToList();
        Assert.Equal(Counted(run, "incidents"), incidents.Count(incident => !incident.Last().Inhibited));
        foreach (var incident in incidents)
        {
            Assert.Equal(IncidentStatus.Open, incident.First().Status);
            var reopened = incident.Zip(incident.Skip(1)).Where(pair => pair.First.Status != IncidentStatus.Open).ToList();
            Assert.All(reopened, pair => Assert.Equal(pair.First.Reopenings + 1, pair.Second.Reopenings));
        }
    }

    [Fact]
    public async Task Out_Dash_SeparatesLinesFromWhatPeopleRead()
    {
        var run = await CommandRun.OfAsync("replay", traffic.Whole, "--out", "-");

        run.Expect(ExitCode.Success);
        Assert.All(
            run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.NotNull(JsonSerializer.Deserialize(line, IncidentJson.Readable.Incident)));
        Assert.Contains("views/s", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_PartitionsOrGzip_FindsTheSameToTheByte()
    {
        var whole = await CommandRun.OfAsync("replay", traffic.Whole, "--out", "-");
        var parts = await CommandRun.OfAsync(["replay", .. traffic.Parts, "--out", "-"]);
        var packed = folder["views.gz"];
        await using (var gzip = new GZipStream(File.Create(packed), CompressionLevel.Fastest))
            await gzip.WriteAsync(
                await File.ReadAllBytesAsync(traffic.Whole, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        var unpacked = await CommandRun.OfAsync("replay", packed, "--out", "-");

        Assert.NotEmpty(whole.Output);
        Assert.Equal(whole.Output, parts.Output);
        Assert.Equal(whole.Output, unpacked.Output);
    }

    [Fact]
    public async Task Lateness_TooSmall_CountsLateViews()
    {
        var run = await CommandRun.OfAsync("replay", traffic.Whole, "--lateness", "1s");

        run.Expect(ExitCode.Success);
        Assert.True(Counted(run, "late") > 0, run.Output);
        Assert.Equal(SimulatedTraffic.Views, Counted(run, "views") + Counted(run, "late"));
    }

    [Fact]
    public async Task Set_StricterDetection_FindsLess()
    {
        var usual = await CommandRun.OfAsync("replay", traffic.Whole);
        var strict = await CommandRun.OfAsync("replay", traffic.Whole, "--set", "Detection:MinimumErrors=100000");

        Assert.True(Counted(usual, "incidents") > 0);
        Assert.Equal(0, Counted(strict, "incidents"));
    }

    [Fact]
    public async Task Interrupted_EndsWithWhatWasFound()
    {
        var run = await CommandRun.OfAsync([], new CancellationToken(canceled: true), "replay", traffic.Whole);

        run.Expect(ExitCode.Failed);
        Assert.Contains("interrupted", run.Error, StringComparison.Ordinal);
        Assert.Contains("views/s", run.Output, StringComparison.Ordinal);
        run.ExpectNoStackTrace();
    }

    [Fact]
    public async Task Replay_RealAccessLog_AccountsForEveryLine()
    {
        var log = Repository.Sample("data/apache/apache_logs");
        Assert.SkipWhen(log is null, "the sample of a real access log is not on this machine");

        var run = await CommandRun.OfAsync("replay", log, "--format", "access-log");

        run.Expect(ExitCode.Success);
        Assert.Equal(File.ReadLines(log).Count(), Counted(run, "views") + Counted(run, "late") + Counted(run, "rejected"));
    }

    private static long Counted(CommandRun run, string name) => Summary.Of(run.Output, name);

    private static async Task<List<Incident>> IncidentsAsync(string path) =>
        [.. (await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken))
            .Select(line => JsonSerializer.Deserialize(line, IncidentJson.Readable.Incident)!)];
}
