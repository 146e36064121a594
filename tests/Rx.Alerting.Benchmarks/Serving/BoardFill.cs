using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Benchmarks.Stores;
using Rx.Alerting.Benchmarks.Traffic;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Windows;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Benchmarks.Serving;

/// <summary>
/// Fills a store with the state of the simulated stream's pipeline: many titles, and a title that fails in each of many properties. Views
/// open an incident of each such title, and of its property. The simulation begins right behind.
/// </summary>
internal static class BoardFill
{
    private const string Pipeline = "simulation/seed-1";
    private const string Partition = "simulated-0";
    private const int BatchViews = 4096;
    private const int EntriesPerCommit = 20_000;

    /// <summary>Views of each title that is going to fail, before and while it fails.</summary>
    private const int Before = 12, Rounds = 40;

    /// <summary>Event time at which the simulation begins.</summary>
    private static readonly DateTimeOffset End = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Learning = TimeSpan.FromHours(3);
    private static readonly TimeSpan Failing = TimeSpan.FromMinutes(Rounds);

    /// <summary>What the service needs, so that incidents stay open long: nobody watches these titles any more.</summary>
    public static IReadOnlyList<string> Settings(int incidents) =>
    [
        "Incidents:CalmTime=1d", "Incidents:ExpireAfterSilence=400d", "Windows:TitleExpiry=400d", "Incidents:PlatformWithin=0s",
        $"Incidents:MaximumHistory={incidents + 5_000}", $"Windows:MaximumProperties={incidents * 2}",
    ];

    public static void Run(Arguments arguments)
    {
        var (titles, incidents) = (arguments.Int("titles"), arguments.Int("incidents"));
        var properties = incidents / 2;
        using var pipeline = new DetectionPipeline(
            new PipelineOptions
            {
                Windows = new WindowOptions { MaximumProperties = incidents * 2 },
                Incidents = new IncidentOptions
                {
                    CalmTime = TimeSpan.FromDays(1),
                    ExpireAfterSilence = TimeSpan.FromDays(30),
                    PlatformWithin = TimeSpan.Zero,
                    MaximumHistory = incidents + 5_000,
                },
            },
            tracksChanges: true);
        Push(pipeline, titles, properties);
        if (pipeline.Statistics.OpenIncidents < incidents * 0.9)
            throw new ChildFailedException($"Only {pipeline.Statistics.OpenIncidents} of {incidents} incidents are open.");
        CommitAsync(arguments["store"], pipeline.TakeChanges().Written).GetAwaiter().GetResult();
        Figures.Write(("titles", pipeline.Statistics.Titles), ("open", pipeline.Statistics.OpenIncidents));
    }

    private static void Push(DetectionPipeline pipeline, int titles, int properties)
    {
        var filler = new BatchFiller(properties, titles);
        var (random, batch) = (new SplitMix(42), filler.NewBatch(Partition));
        var learned = titles * 3;
        Phase(learned, Learning, End - Failing - Learning, i => (i < titles ? i : random.Next(titles), 0.01));
        Phase(properties * (Before + Rounds), Failing, End - Failing, i => (i % properties, i < properties * Before ? 0 : 1));
        filler.Clear(batch);
        batch.Position = "0"; // The simulation is read from its beginning.
        pipeline.OnNext(batch);

        void Phase(int views, TimeSpan lasts, DateTimeOffset begin, Func<int, (int Title, double Rate)> next)
        {
            filler.Clear(batch);
            for (var i = 0; i < views; i++)
            {
                var (title, rate) = next(i);
                var failure = random.NextDouble() < rate ? title % BatchFiller.ErrorTypes : -1;
                filler.Add(batch, (begin + (lasts * ((double)i / views))).ToUnixTimeMilliseconds(), title, failure, hasCircumstances: true);
                if (batch.ViewCount < BatchViews && i < views - 1)
                    continue;
                batch.Position = "0";
                pipeline.OnNext(batch);
                filler.Clear(batch);
            }
        }
    }

    private static async Task CommitAsync(string address, IReadOnlyList<StateEntry> entries)
    {
        await using var store = StoreAddress.Open(address);
        var head = await store.AcquireAsync(Pipeline, "fill", CancellationToken.None);
        var id = head.Id;
        foreach (var part in entries.Chunk(EntriesPerCommit))
            await store.CommitAsync(
                new CheckpointCommit(Pipeline, head.Epoch, head.Owner, ++id, End, new StateChanges(part, [])), CancellationToken.None);
    }
}
