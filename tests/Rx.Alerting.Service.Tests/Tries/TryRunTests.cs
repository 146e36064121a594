using System.Text.Json;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Tests.Access;
using Rx.Alerting.Service.Tests.CommandLine;
using Rx.Alerting.Service.Tests.Forms;
using Rx.Alerting.Service.Tests.Replay;

namespace Rx.Alerting.Service.Tests.Tries;

/// <summary>A run finds what the same views and options find anywhere else, and says how far its answer goes.</summary>
public sealed class TryRunTests(SimulatedTraffic traffic)
{
    private const string Strict = "Detection:MinimumErrors=40";

    [Theory]
    [InlineData(-1, "Detection:MinimumErrors=150")]
    [InlineData(-1, "Detection:MinimumErrors=100000")]
    [InlineData(1, "Detection:TailProbability=0.01", "Detection:MinimumExcess=1")]
    public async Task Run_OverAFile_FindsWhatReplayFindsWithTheSameOptions(int expected, params string[] options)
    {
        var (usual, other) = (await ReplayAsync(), await ReplayAsync([.. options.SelectMany(option => (string[])["--set", option])]));
        var property = usual.Keys.MaxBy(one => expected * (other.GetValueOrDefault(one) - usual[one]))!;
        var (before, after) = (usual[property], other.GetValueOrDefault(property));
        Assert.Equal(expected, Math.Sign(after - before)); // Else the options make no difference.
        await using var service = await TrySamples.FollowAsync(traffic.Whole, SimulatedTraffic.Views);
        using var browser = new FormBrowser(service);

        var page = await browser.UntilTriedAsync(property, string.Join("\r\n", options));

        Assert.Contains($"With these: {after} incident", page.Text, StringComparison.Ordinal);
        Assert.Contains($"With those in force: {before} ", page.Text, StringComparison.Ordinal);
        Assert.Matches(expected < 0 ? $"Gone: {before - after}\\. Added: 0\\." : "Added: [1-9]", page.Text);
    }

    [Fact]
    public async Task Run_WithTheOptionsInForce_FindsWhatTheServiceHasTold()
    {
        var usual = await ReplayAsync();
        var property = usual.MaxBy(one => one.Value).Key;
        await using var service = await TrySamples.FollowAsync(traffic.Whole, SimulatedTraffic.Views);
        using var browser = new FormBrowser(service);

        var page = await browser.UntilTriedAsync(property, Strict);

        Assert.Contains($"in force, by the same views {usual[property]} ", page.Text, StringComparison.Ordinal);
        Assert.Contains($"really opened by the service {usual[property]} ", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Why the service opened", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_LeavesThePipelineAndItsIncidentsAsTheyWere()
    {
        await using var service = await TrySamples.FollowAsync(traffic.Whole, SimulatedTraffic.Views);
        using var browser = new FormBrowser(service);
        var property = (await ReplayAsync()).Keys.First();
        var (before, counted) = (await browser.GetAsync("/api/v1/incidents"), service.Status.Latest.Values.Single().Views);

        await browser.UntilTriedAsync(property, "Detection:TailProbability=0.1\nDetection:MinimumErrors=1");

        Assert.Equal(before.Html, (await browser.GetAsync("/api/v1/incidents")).Html);
        Assert.Equal(counted, service.Status.Latest.Values.Single().Views);
        Assert.Empty(service.Status.Latest.Values.Single().AdjustedOptions);
    }

    [Fact]
    public async Task Run_LearnsBeforeItCompares_AndSaysForHowLong()
    {
        await using var service = await TrySamples.FollowAsync(traffic.Whole, SimulatedTraffic.Views);
        using var browser = new FormBrowser(service);
        var property = (await ReplayAsync()).Keys.First();

        var enough = await browser.UntilTriedAsync(property, Strict, ("last", "1d"), ("learning", "12h"));
        var tooLong = await browser.UntilTriedAsync(property, Strict, ("last", "3d"), ("learning", "10d"));

        Assert.Contains("It learned for 12h before it compared", enough.Text, StringComparison.Ordinal);
        Assert.Contains("incidents of that time are not counted", enough.Text, StringComparison.Ordinal);
        Assert.Matches(@"not as far back as was asked for, so it learned for 1[12] h.* \(asked: 10d\)", tooLong.Text);
    }

    [Fact]
    public async Task Run_ForAPropertyWithoutViews_SaysSoInPlaceOfNoIncidents()
    {
        await using var service = await TrySamples.FollowAsync(traffic.Whole, SimulatedTraffic.Views);
        using var browser = new FormBrowser(service);

        var page = await browser.UntilTriedAsync("unknown", Strict);

        Assert.Contains("Nothing was compared", page.Text, StringComparison.Ordinal);
        Assert.Contains("None of the 30,000 views that were read is of this property.", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("0 incidents", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ThatComesToItsBound_TellsHowFarItCovers()
    {
        await using var service = await TrySamples.FollowAsync(
            traffic.Whole, SimulatedTraffic.Views, folder => AccessSettings.Of(folder, ("Try:MaximumViews", "20000")));
        using var browser = new FormBrowser(service);
        var property = (await ReplayAsync()).Keys.First();

        var page = await browser.UntilTriedAsync(property, Strict);

        Assert.Contains("stopped after 20,000 views (Try:MaximumViews): it covers until", page.Text, StringComparison.Ordinal);
        Assert.Contains("With these:", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OfAFileThatIsGone_SaysThatNothingCanBeReadAgain()
    {
        using var folder = new TemporaryFolder();
        File.Copy(traffic.Whole, folder["views.jsonl"]);
        await using var service = await TrySamples.FollowAsync(folder["views.jsonl"], SimulatedTraffic.Views);
        using var browser = new FormBrowser(service);
        var property = (await ReplayAsync()).Keys.First();
        File.Delete(folder["views.jsonl"]);

        var page = await browser.UntilTriedAsync(property, Strict);

        Assert.Contains("Nothing was compared", page.Text, StringComparison.Ordinal);
        Assert.Contains("can be read again", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("0 incidents", page.Text, StringComparison.Ordinal);
    }

    /// <summary>The number of incidents that <c>replay</c> finds, by property.</summary>
    private async Task<Dictionary<string, int>> ReplayAsync(params string[] settings)
    {
        var run = await CommandRun.OfAsync(["replay", traffic.Whole, "--out", "-", .. settings]);
        var last = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize(line, IncidentJson.Readable.Incident)!)
            .GroupBy(incident => incident.Id, (_, states) => states.Last());
        return last.Where(incident => incident is { PropertyId: not null, Inhibited: false })
            .CountBy(incident => incident.PropertyId!).ToDictionary(StringComparer.Ordinal);
    }
}
