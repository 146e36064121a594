using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Benchmarks.Traffic;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Benchmarks.Stores;

/// <summary>Fills a store with the state of a pipeline that has seen each title once, and then Zipf views. Commits in parts.</summary>
internal static class StoreFill
{
    public const string Pipeline = "titles";
    public const string Partition = "partition-0";

    /// <summary>Views a second of event time. So few seconds that all titles of the fill are in released panes.</summary>
    public const int ViewsPerSecond = 10_000;

    public static readonly DateTimeOffset Begin = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    private const int BatchViews = 4096;
    private const int EntriesPerCommit = 20_000;

    public static void Run(Arguments arguments)
    {
        using var pipeline = new DetectionPipeline(new PipelineOptions(), tracksChanges: true);
        var views = Push(pipeline, arguments.Int("titles"), arguments.Int("properties"), arguments.Int("views"));
        if (pipeline.Statistics.Titles != arguments.Int("titles"))
        {
            throw new ChildFailedException(
                $"The pipeline knows {pipeline.Statistics.Titles} of {arguments["titles"]} titles; give more --views.");
        }
        CommitAsync(arguments["store"], pipeline.TakeChanges().Written).GetAwaiter().GetResult();
        Figures.Write(("pushed", views), ("titles", pipeline.Statistics.Titles));
    }

    private static long Push(DetectionPipeline pipeline, int titles, int properties, int further)
    {
        var filler = new BatchFiller(properties, titles);
        var (zipf, random, batch) = (new Zipf(titles), new SplitMix(42), filler.NewBatch(Partition));
        var all = titles + further;
        for (var i = 0; i < all; i++)
        {
            var title = i < titles ? i : zipf.Next(random);
            filler.Add(
                batch,
                Begin.ToUnixTimeMilliseconds() + (i * 1000L / ViewsPerSecond),
                title,
                random.NextDouble() < 0.03 ? random.Next(BatchFiller.ErrorTypes) : -1);
            if (batch.ViewCount < BatchViews && i < all - 1)
                continue;
            batch.Position = $"{i + 1}";
            pipeline.OnNext(batch);
            filler.Clear(batch);
        }

        return all;
    }

    private static async Task CommitAsync(string address, IReadOnlyList<StateEntry> entries)
    {
        await using var store = StoreAddress.Open(address);
        var head = await store.AcquireAsync(Pipeline, "fill", CancellationToken.None);
        var id = head.Id;
        foreach (var part in entries.Chunk(EntriesPerCommit))
            await store.CommitAsync(
                new CheckpointCommit(Pipeline, head.Epoch, head.Owner, ++id, Begin, new StateChanges(part, [])), CancellationToken.None);
    }
}
