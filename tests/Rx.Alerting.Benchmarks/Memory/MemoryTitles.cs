using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Benchmarks.Traffic;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Benchmarks.Memory;

/// <summary>A pipeline that gets to know many titles, and what the process has grown by.</summary>
internal static class MemoryTitles
{
    private const int BatchViews = 4096;
    private const long Begin = 1_767_571_200_000;

    public static void Run(Arguments arguments)
    {
        int titles = arguments.Int("titles"), views = arguments.Int("views");
        var filler = new BatchFiller(arguments.Int("properties"), titles);
        var zipf = new Zipf(titles);
        var batch = filler.NewBatch("partition-0");
        var random = new SplitMix(42);
        var before = Sample();
        using var pipeline = new DetectionPipeline(new PipelineOptions());
        long time = Begin;

        for (var title = 0; title < titles; title++)
            View(title);
        Write("first", before, titles);
        for (var view = 0; view < views; view++)
            View(zipf.Next(random));
        Write("last", before, titles);

        if (pipeline.Statistics.Titles != titles)
            throw new ChildFailedException($"The pipeline knows {pipeline.Statistics.Titles} of {titles} titles.");
        Figures.Write(("titles", pipeline.Statistics.Titles));
        GC.KeepAlive(filler);

        void View(int title)
        {
            filler.Add(batch, time++, title, random.NextDouble() < 0.03 ? random.Next(BatchFiller.ErrorTypes) : -1);
            if (batch.ViewCount < BatchViews)
                return;
            pipeline.OnNext(batch);
            filler.Clear(batch);
        }
    }

    private static (long Heap, long WorkingSet) Sample()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return (GC.GetTotalMemory(forceFullCollection: true), Environment.WorkingSet);
    }

    private static void Write(string prefix, (long Heap, long WorkingSet) before, int titles)
    {
        var after = Sample();
        Figures.Write(
            (prefix + "_heap", (after.Heap - before.Heap) / (double)titles),
            (prefix + "_working_set", (after.WorkingSet - before.WorkingSet) / (double)titles));
    }
}
