using System.Reactive;
using System.Reactive.Subjects;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Tests.Pipeline;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Core.Windows;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Cuts;

/// <summary>A pipeline that runs from pushed batches, and commits when it is asked to.</summary>
internal sealed class RunningPipeline : IPipelineWatch, IAsyncDisposable
{
    private readonly Subject<ViewBatch> pushed = new();
    private readonly CancellationTokenSource stop = new();
    private readonly Task run;
    private readonly Queue<ViewBatch> batches;
    private IReadOnlyList<StateEntry>? settled;

    public RunningPipeline(ICheckpointStore store, ulong seed)
        : this(store, Stream(seed), Options)
    {
    }

    public RunningPipeline(ICheckpointStore store, IEnumerable<ViewBatch> views, PipelineOptions options, string name = Name)
    {
        batches = new(views);
        Pipeline = new(
            name,
            options,
            new() { Interval = TimeSpan.FromHours(1), RetryInterval = TimeSpan.FromMilliseconds(1) },
            store,
            [],
            TimeProvider.System,
            Observer.Create<CheckpointEvent>(Take),
            watch: this);
        run = Pipeline.RunAsync(new PushedViews(pushed), stop.Token);
    }

    public const string Name = "views";

    /// <summary>Few titles, properties and error types are kept, so that some are forgotten and come back.</summary>
    public static PipelineOptions Options { get; } =
        new() { Windows = new WindowOptions { MaximumTitles = 20, MaximumProperties = 5, MaximumErrorTypes = 4 } };

    public CheckpointedPipeline Pipeline { get; }

    /// <summary>What the pipeline would have saved at each commit.</summary>
    public Dictionary<long, IReadOnlyList<StateEntry>> Saved { get; } = [];

    public int Restores { get; private set; }

    public Task Run => run;

    public void Push(int count = 1)
    {
        while (count-- > 0 && batches.TryDequeue(out var batch))
            pushed.OnNext(batch);
    }

    public Task StopAsync() => stop.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        pushed.Dispose();
        stop.Dispose();
    }

    void IPipelineWatch.Begin(string name, DetectionPipeline pipeline)
    {
    }

    void IPipelineWatch.Advance(string name, DetectionPipeline pipeline)
    {
    }

    void IPipelineWatch.Settle(string name, DetectionPipeline pipeline) => settled = pipeline.Save();

    private static IEnumerable<ViewBatch> Stream(ulong seed)
    {
        var traffic = new TestTraffic(seed) { Step = 900 };
        for (var i = 0; i < 300; i++)
        {
            traffic.Add(1, $"garbage-{i % 17}", $"t{i % 5}", ($"type-{i}", 0.5))
                .Add(1, "two", "t", ($"type-{i % 40}", 0.4))
                .Add(8, "one", $"title-{i % 31}", ("a", 0.02))
                .Add(2, "one", "broken", ("c", i is > 90 and < 140 ? 0.9 : 0))
                .Add(5, "two", ("b", i is > 150 and < 200 ? 0.7 : 0.01));
        }

        var position = 0;
        foreach (var chunk in traffic.Views.Chunk(13))
        {
            var batch = TestBatches.Of($"p{position % 2}", chunk);
            batch.Position = $"{++position}";
            yield return batch;
        }
    }

    private void Take(CheckpointEvent value)
    {
        if (value.Kind == CheckpointEventKind.Committed)
            Saved[value.Id] = settled!;
        Restores += value.Kind == CheckpointEventKind.Restored ? 1 : 0;
    }
}
