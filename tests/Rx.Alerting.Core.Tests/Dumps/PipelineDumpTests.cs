using System.Security.Cryptography;
using System.Text.Json;
using Rx.Alerting.Core.Dumps;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Tests.Cuts;
using Rx.Alerting.Core.Tests.Pipeline;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Dumps;

/// <summary>The files of a dump, and what becomes of a command that comes again.</summary>
public sealed partial class PipelineDumpTests : DumpFixture
{
    private static readonly string[] PartKeys =
    [
        $"{Folder}/manifest.json",
        $"{Folder}/views/error-rates.jsonl.gz",
        $"{Folder}/views/manifest.json",
    ];

    private int writes;

    [Fact]
    public async Task Dump_HasRowsAndManifests()
    {
        var running = Run();

        var made = await DumpAsync(ErrorRates(new("on*")), running);

        Assert.Equal(PartKeys, Target.Keys);
        var (command, part) = (Target.Json(PartKeys[0]), Target.Json(PartKeys[2]));
        Assert.Equal("""["views/manifest.json"]""", JsonSerializer.Serialize(command.GetProperty("parts")));
        var order = command.GetProperty("order");
        Assert.Equal(order.ToString(), part.GetProperty("order").ToString());
        var said = new[] { "type", "command_id", "by" }.Select(name => order.GetProperty(name).GetString());
        Assert.Equal("dump-error-rates c ann", string.Join(' ', said));
        Assert.Equal("on*", order.GetProperty("filter").GetProperty("property").GetString());
        var rows = Target.Bytes(PartKeys[1]);
        Assert.Equal(rows.Length, part.GetProperty("bytes").GetInt32());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(rows)), part.GetProperty("sha256").GetString());
        Assert.Equal(Rows().Count, part.GetProperty("rows").GetInt32());
        Assert.Equal("error-rates.jsonl.gz", part.GetProperty("file").GetString());
        Assert.Equal("""{"p0":"60"}""", part.GetProperty("positions").GetRawText().Replace("\n", "").Replace(" ", ""));
        var saved = running.Saved[made.Manifest.Commit];
        using var restored = new DetectionPipeline(Options, saved);
        Assert.Equal(
            new DumpCounters(restored.Statistics.Views, restored.Statistics.Errors, 0, 0), made.Manifest.Counters);
        Assert.Equal(restored.Statistics.Watermark, made.Manifest.Watermark);
        Assert.Equal($"memory:{PartKeys[1]}", made.Location);
        Assert.False(made.WasThere);
    }

    /// <summary>Two processes have a pipeline each. Whichever call of one comes between which calls of the other, both are named.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Dump_ByTwoProcessesAtOnce_NamesBothParts(ulong seed)
    {
        var random = new SplitMix(seed);
        var gate = new Lock();
        Target.Before = async (_, _) =>
        {
            int turns;
            lock (gate)
                turns = random.Next(200);
            while (turns-- > 0)
                await Task.Yield();
        };
        var (a, b) = (Run(name: "kafka/views-0"), Run(name: "kafka/views-1"));

        await Task.WhenAll(DumpAsync(ErrorRates(), a, "kafka/views-0"), DumpAsync(ErrorRates(), b, "kafka/views-1"));

        Assert.Equal(
            """["kafka~2Fviews-0/manifest.json","kafka~2Fviews-1/manifest.json"]""",
            JsonSerializer.Serialize(Target.Json(PartKeys[0]).GetProperty("parts")));
    }

    /// <summary>The other process writes its list of parts, which it has looked up before ours was there, after ours.</summary>
    [Fact]
    public async Task Dump_AnotherProcessIsSlow_NamesBothPartsInTheEnd()
    {
        var (a, b) = (Run(name: "a"), Run(name: "b"));
        var slow = new TaskCompletionSource();
        var stuck = new TaskCompletionSource();
        var commandWrites = 0;
        Target.Before = async (call, key) =>
        {
            // The first write names part a.
            if (call != "write" || key != PartKeys[0] || ++commandWrites != 1)
                return;
            stuck.SetResult();
            await slow.Task;
        };

        var first = DumpAsync(ErrorRates(), a, "a");
        await stuck.Task.WaitAsync(Cancel);
        await DumpAsync(ErrorRates(), b, "b");
        slow.SetResult();
        await first;

        Assert.Equal(
            """["a/manifest.json","b/manifest.json"]""", JsonSerializer.Serialize(Target.Json(PartKeys[0]).GetProperty("parts")));
    }

    [Fact]
    public async Task Dump_TargetFailsForAWhile_IsMade()
    {
        var clock = new JumpingTimeProvider();
        Target.Before = (call, _) => call == "write" && writes++ is > 0 and < 4
            ? throw new DumpTargetException("S3 does not answer", mayPass: true)
            : Task.CompletedTask;

        var made = await DumpAsync(ErrorRates(), Run(), clock: clock);

        Assert.Equal([1, 4, 16], clock.Waits.Select(wait => wait.TotalSeconds));
        Assert.True(made.Manifest.Rows > 0);
    }

    [Fact]
    public async Task Dump_TargetGoesOnFailing_IsRefusedWithItsProblem()
    {
        Target.Before = (_, _) => throw new DumpTargetException("S3 does not answer", mayPass: true);

        var refused = await Assert.ThrowsAsync<DumpRefusedException>(
            () => DumpAsync(ErrorRates(), Run(), clock: new JumpingTimeProvider()));

        Assert.Equal("S3 does not answer (attempt 4)", refused.Message);
    }

    [Fact]
    public async Task Dump_TargetRefuses_IsNotTriedAgain()
    {
        var clock = new JumpingTimeProvider();
        Target.Before = (_, _) => throw new DumpTargetException("S3 has no bucket rx", mayPass: false);

        var refused = await Assert.ThrowsAsync<DumpRefusedException>(() => DumpAsync(ErrorRates(), Run(), clock: clock));

        Assert.Equal("S3 has no bucket rx", refused.Message);
        Assert.Empty(clock.Waits);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"order": {"command_id": "c"}, "parts": 7}""")]
    public async Task Dump_ManifestIsForeign_IsRefusedWithItsName(string content)
    {
        Target.Put(PartKeys[0], content);

        var refused = await Assert.ThrowsAsync<DumpRefusedException>(() => DumpAsync(ErrorRates(), Run()));

        Assert.StartsWith($"memory:{PartKeys[0]} is no manifest of a dump: ", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Incidents_OpenOrAll_AreThoseOfTheHistory(bool all)
    {
        var traffic = new TestTraffic(7)
            .Add(3000, "one", ("a", 0.01)).Add(60, "one", ("a", 0.9))
            .Add(3000, "one", ("a", 0.01)).Add(60, "one", ("b", 0.9)).Add(150, "end");
        var running = Run(traffic);

        var made = await DumpAsync(new("c", "ann", DumpKind.Incidents) { All = all }, running);

        using var restored = new DetectionPipeline(Options, running.Saved[made.Manifest.Commit], tracksChanges: true);
        var expected = restored.History.Where(incident => all || incident.ResolvedAt is null).OrderBy(incident => incident.StartedAt);
        Assert.Equal(
            expected.Select(incident => $"{incident.Id} {incident.AffectedViews}"),
            Rows(file: "incidents.jsonl.gz").Select(row => $"{row.GetProperty("id")} {row.GetProperty("affected_views")}"));
        Assert.Equal(all ? 2 : 1, made.Manifest.Rows);
    }

    private RunningPipeline Run(string name = "views") =>
        Run(new TestTraffic(1).Add(2000, "one", ("a", 0.02)).Add(1000, "two", ("b", 0.1)), name);
}
