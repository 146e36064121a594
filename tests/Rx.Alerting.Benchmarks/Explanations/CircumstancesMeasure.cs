using System.Diagnostics;
using System.Text;
using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Benchmarks.Traffic;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Benchmarks.Explanations;

/// <summary>A pipeline in which all properties are active, and what its commits would write. No store is written to.</summary>
internal static class CircumstancesMeasure
{
    private const long Begin = 1_767_571_200_000, Second = 1000;

    /// <summary>Different values of each dimension; of the last, viewers, nearly all are different.</summary>
    private static readonly int[] Values = [6, 14, 56, 5, 6, 5, 6, 24, 2, 100_000];

    private static readonly byte[][][] Texts =
    [
        .. Values.Select((count, dimension) => Enumerable.Range(0, count)
            .Select(value => Encoding.UTF8.GetBytes($"{DimensionNames.Of((Dimension)dimension)}-{value}")).ToArray()),
    ];

    public static void Run(Arguments arguments)
    {
        int properties = arguments.Int("properties"), perSecond = arguments.Int("rate"), seconds = arguments.Int("seconds");
        var hasCircumstances = arguments.Int("circumstances") > 0;
        var filler = new BatchFiller(properties, properties * 10);
        var batch = filler.NewBatch("partition-0");
        var random = new SplitMix(42);
        var sample = new CircumstanceSample(CircumstanceSample.Every);
        using var pipeline = new DetectionPipeline(new PipelineOptions(), tracksChanges: true);
        var (bytes, facets, buckets, guessed, commits, took) = (0L, 0L, 0L, 0L, 0, TimeSpan.Zero);
        for (var second = 0; second < seconds; second++)
        {
            for (var view = 0; view < perSecond; view++)
            {
                Add(Begin + (second * Second) + (view * Second / perSecond));
                if (batch.ViewCount >= 4096)
                    Push();
            }

            Push();
            if (second >= seconds / 2)
                Commit();
            else
                _ = pipeline.TakeChanges();
            pipeline.ReleaseChanges();
        }

        var explanations = pipeline.Statistics.Explanations;
        Figures.Write(
            ("commit_bytes", (double)bytes / commits), ("values_bytes", (double)facets / commits),
            ("bucket_bytes", (double)buckets / commits), ("guessed_bytes", (double)guessed / commits),
            ("encode_ms", took.TotalMilliseconds / commits), ("room_bytes", explanations.Bytes),
            ("properties", explanations.Properties), ("evictions", explanations.Evictions));
        GC.KeepAlive(filler);

        void Commit()
        {
            guessed += pipeline.ChangedBytes;
            var started = Stopwatch.GetTimestamp();
            var changes = pipeline.TakeChanges();
            took += Stopwatch.GetElapsedTime(started);
            commits++;
            foreach (var (key, value) in changes.Written)
            {
                bytes += value.Length;
                facets += key.Section == StateSections.Facets ? value.Length : 0;
                buckets += key.Section == StateSections.FacetBuckets ? value.Length : 0;
            }
        }

        void Push()
        {
            pipeline.OnNext(batch);
            filler.Clear(batch);
        }

        void Add(long time)
        {
            filler.Add(batch, time, random.Next(properties * 10), random.NextDouble() < 0.03 ? random.Next(2) : -1);
            ref var view = ref batch.Views[^1];
            Span<byte> id = stackalloc byte[8];
            BitConverter.TryWriteBytes(id, random.Next());
            if (!sample.Has(view, id, out var hash) || !hasCircumstances)
                return;
            ref var circumstances = ref batch.AddCircumstances(out view.Circumstances);
            circumstances.Hash = hash;
            for (var dimension = 0; dimension < Values.Length; dimension++)
                circumstances.Values[dimension] = batch.Append(Texts[dimension][random.Next(Values[dimension])]);
        }
    }
}
