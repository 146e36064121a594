using System.Reactive;
using Rx.Alerting.Connectors.Redis;
using Rx.Alerting.Connectors.Sqlite;
using Rx.Alerting.Connectors.Tests.Redis;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Connectors.Tests.Dumps;

/// <summary>A cut while a real store takes commits all the time is the state of one of them.</summary>
public abstract class StoreCutContract : IPipelineWatch, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Dictionary<long, IReadOnlyList<StateEntry>> saved = [];
    private IReadOnlyList<StateEntry>? settled;

    private protected SimulatedFiles Files { get; } = new();

    protected abstract ICheckpointStore Store { get; }

    public virtual void Dispose()
    {
        Files.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Cut_WhileCommitsCome_IsTheStateOfItsCommit()
    {
        var options = new PipelineOptions();
        await using var store = Store;
        var pipeline = new CheckpointedPipeline(
            "views",
            options,
            new() { Interval = TimeSpan.FromMilliseconds(1) },
            store,
            [],
            TimeProvider.System,
            Observer.Create<CheckpointEvent>(value => saved[value.Id] = settled!),
            watch: this);
        var request = new CutRequest(StateSections.All.ToHashSet(), Path.GetTempPath(), 1L << 30);
        Task<StateCut>? cutting = null;

        await pipeline.RunAsync(
            new HeldSource(
                Files.Open(),
                batch =>
                {
                    if (batch == 100)
                        cutting = Task.Run(() => pipeline.CutAsync(request, CancellationToken.None));
                    else if (batch == SimulatedFiles.Batches - 1)
                        cutting!.WaitAsync(Patience).GetAwaiter().GetResult();
                    // Commits and the reading of the cut have a chance between batches.
                    else if (batch > 100)
                        pipeline.CommitAsync(CancellationToken.None).WaitAsync(Patience).GetAwaiter().GetResult();
                }),
            TestContext.Current.CancellationToken);

        using var cut = await cutting!;
        var entries = StateSections.All.SelectMany(cut.Read).Select(entry => new StateEntry(entry.Key, entry.Value.ToArray())).ToList();
        using var restored = new DetectionPipeline(options, entries, tracksChanges: true);
        Assert.Equal(Shown(saved[cut.Commit]), Shown(restored.Save()));
        Assert.InRange(restored.Statistics.Views, 1, (SimulatedFiles.Batches * 100) - 1); // Of the commit before the cut, at the earliest.
    }

    void IPipelineWatch.Begin(string name, DetectionPipeline pipeline)
    {
    }

    void IPipelineWatch.Advance(string name, DetectionPipeline pipeline)
    {
    }

    void IPipelineWatch.Settle(string name, DetectionPipeline pipeline) => settled = pipeline.Save();

    private static IEnumerable<string> Shown(IEnumerable<StateEntry> entries) =>
        entries.Select(entry => $"{entry.Key} {Convert.ToHexString(entry.Value.Span)}").Order(StringComparer.Ordinal);
}

public sealed class SqliteCutTests : StoreCutContract
{
    protected override ICheckpointStore Store => new SqliteCheckpointStore(new() { Path = Path.Combine(Files.Folder, "state.db") });
}

public sealed class RedisCutTests(RedisFixture redis) : StoreCutContract
{
    protected override ICheckpointStore Store => new RedisCheckpointStore(redis.Options);
}
