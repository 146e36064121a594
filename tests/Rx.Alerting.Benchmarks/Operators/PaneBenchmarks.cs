using BenchmarkDotNet.Attributes;
using Rx.Alerting.Benchmarks.Traffic;
using Rx.Alerting.Core.EventTime;
using Rx.Alerting.Core.Panes;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Benchmarks.Operators;

/// <summary>One batch of 4096 views through the operators of the hot part, one after the other; what is shown is a view's share.</summary>
[MemoryDiagnoser]
public class PaneBenchmarks
{
    private const int BatchViews = 4096;
    private const long PaneMilliseconds = 1000;

    private readonly PaneOrder order = new();
    private BatchFiller filler = new(1, 1);
    private ViewBatch batch = new("");
    private Zipf zipf = new(1);
    private readonly SplitMix random = new(42);
    private WatermarkState watermarks = new(new EventTimeOptions(), TimeSpan.FromMilliseconds(PaneMilliseconds));
    private TimedBatch timed = new();
    private Pane pane = new();
    private long time;

    [Params(1000, 100_000)]
    public int Titles { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        filler = new BatchFiller(20, Titles);
        zipf = new Zipf(Titles);
        batch = filler.NewBatch("partition-0");
        watermarks = new WatermarkState(new EventTimeOptions(), TimeSpan.FromMilliseconds(PaneMilliseconds));
        timed = new TimedBatch();
        pane = new Pane();
        Fill();
        FillPane();
    }

    [Benchmark(OperationsPerInvoke = BatchViews)]
    public int Watermarks()
    {
        foreach (ref var view in batch.Views)
            view.EventTime += 1;
        watermarks.Take(batch, timed);
        return timed.Batch.ViewCount;
    }

    [Benchmark(OperationsPerInvoke = BatchViews)]
    public int FillPane()
    {
        pane.Reset(0, PaneMilliseconds);
        foreach (ref readonly var view in batch.Views)
            pane.Add(batch, view);
        return pane.CellCount;
    }

    [Benchmark(OperationsPerInvoke = BatchViews)]
    public int OrderPane() => order.Of(pane).Length;

    private void Fill()
    {
        for (var i = 0; i < BatchViews; i++)
            filler.Add(batch, time++, zipf.Next(random), random.NextDouble() < 0.03 ? random.Next(BatchFiller.ErrorTypes) : -1);
    }
}
