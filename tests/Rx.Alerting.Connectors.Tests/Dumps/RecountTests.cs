using System.Reactive;
using Rx.Alerting.Connectors.Folders;
using Rx.Alerting.Connectors.Sqlite;
using Rx.Alerting.Core.Dumps;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Connectors.Tests.Dumps;

/// <summary>Dumps in the middle of files are what another program counts in the files up to there.</summary>
public sealed class RecountTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly SimulatedFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task Dump_InTheMiddleOfFiles_IsWhatDuckDbCounts()
    {
        await using var store = new SqliteCheckpointStore(new() { Path = Path.Combine(files.Folder, "state.db") });
        var pipeline = new CheckpointedPipeline(
            "views",
            new PipelineOptions(),
            new() { Interval = TimeSpan.FromMilliseconds(20) },
            store,
            [],
            TimeProvider.System,
            Observer.Create<CheckpointEvent>(_ => { }));
        var dump = new PipelineDump(
            new PipelineOptions(), new FolderTarget(files.DumpFolder), Path.GetTempPath(), 1L << 30, TimeProvider.System);
        var made = new List<DumpOutcome>();

        await pipeline.RunAsync(
            new HeldSource(
                files.Open(),
                batch =>
                {
                    if (batch is not (50 or 170 or 390))
                        return;
                    var request = new DumpRequest($"at-{batch}", "ann", DumpKind.ErrorRates);
                    made.Add(dump.RunAsync(request, "views", pipeline, new DumpProgress(), CancellationToken.None)
                        .WaitAsync(Patience).GetAwaiter().GetResult());
                }),
            TestContext.Current.CancellationToken);

        Assert.Equal(3, made.Count);
        foreach (var (manifest, location, _) in made)
        {
            var recount = Recount.Of(files.CutAt(manifest.Positions), location, manifest.Watermark!.Value);
            Assert.Equal(new DumpCounters(recount.Views, recount.Errors, 0, 0), manifest.Counters);
            Assert.Equal((manifest.Rows, 0), (recount.Keys, recount.Differences));
            Assert.InRange(recount.Windows, 100, recount.Keys);
        }

        Assert.True(made[^1].Manifest.Rows > made[0].Manifest.Rows);
        Assert.InRange(made[^1].Manifest.Counters.Views, SimulatedFiles.Batches * 100 * 9 / 10, (SimulatedFiles.Batches * 100) - 1);
    }
}
