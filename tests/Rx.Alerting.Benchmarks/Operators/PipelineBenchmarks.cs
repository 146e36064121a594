using BenchmarkDotNet.Attributes;
using Rx.Alerting.Benchmarks.Traffic;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Benchmarks.Operators;

/// <summary>
/// Batches of 4096 views through the whole pipeline, observations and verdicts included; what is shown is a view's share.
/// </summary>
[MemoryDiagnoser]
public class PipelineBenchmarks
{
    private const int BatchViews = 4096;
    private const int WarmUpBatches = 500;

    private BatchFiller filler = new(1, 1);
    private ViewBatch batch = new("");
    private Zipf zipf = new(1);
    private readonly SplitMix random = new(42);
    private DetectionPipeline pipeline = new(new PipelineOptions());
    private long time = 1_767_571_200_000;

    [Params(1000, 100_000)]
    public int Titles { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        filler = new BatchFiller(20, Titles);
        zipf = new Zipf(Titles);
        batch = filler.NewBatch("partition-0");
        pipeline = new DetectionPipeline(new PipelineOptions());
        for (var i = 0; i < WarmUpBatches; i++)
            Views();
    }

    [GlobalCleanup]
    public void CleanUp() => pipeline.Dispose();

    /// <summary>The generator's share is in it: about 15 ns a view.</summary>
    [Benchmark(OperationsPerInvoke = BatchViews)]
    public int Views()
    {
        filler.Clear(batch);
        for (var i = 0; i < BatchViews; i++)
            filler.Add(batch, time++, zipf.Next(random), random.NextDouble() < 0.03 ? random.Next(BatchFiller.ErrorTypes) : -1);
        pipeline.OnNext(batch);
        return batch.ViewCount;
    }
}
