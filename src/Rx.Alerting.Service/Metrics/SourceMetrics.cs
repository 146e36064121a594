using Rx.Alerting.Core.EventTime;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Service.Run;
using Rx.Alerting.Service.Sources;

namespace Rx.Alerting.Service.Metrics;

/// <summary>How far the source has been read, what it has counted, and event time.</summary>
internal static class SourceMetrics
{
    private const string Partition = "partition", Pipeline = "pipeline";

    public static void Add(Instruments instruments, WatchedStream stream, PipelineStatus status, TimeProvider clock)
    {
        foreach (var (count, index) in stream.Assignments.Counts.Select((count, index) => (count, index)))
            instruments.CounterOf($"{count.Name}_total", count.Description, () => stream.Assignments.Counts[index].Value);

        OfProgress("partition_position", "The number of the next record", one => one.Position);
        OfProgress("partition_lag_records", "Records that wait to be read", one => one.LagRecords);
        OfProgress("partition_lag_bytes", "Bytes that wait to be read", one => one.LagBytes);
        OfProgress("partition_lag_seconds", "How far reading is behind the newest record", one => one.LagTime?.TotalSeconds);
        OfProgress("partition_paused", "1 while the partition is not read, as it is ahead, or too much waits", one => one.IsPaused ? 1 : 0);
        OfTime("partition_watermark_timestamp_seconds", "How far event time of the partition is complete", one => Seconds(one.Watermark));
        OfTime("partition_idle", "1 while the partition has been read to its end", one => one.IsIdle ? 1 : 0);
        OfPipeline("watermark_timestamp_seconds", "How far event time is complete", one => Seconds(one.Watermark));
        OfPipeline(
            "watermark_delay_seconds",
            "How far event time is behind this machine's clock",
            one => (clock.GetUtcNow() - one.Watermark)?.TotalSeconds);
        OfPipeline("pipeline_paused", "1 while somebody has the pipeline rest", one => one.Paused is null ? 0 : 1);

        void OfProgress(string name, string help, Func<PartitionProgress, double?> value) => instruments.Gauge(
            name, help, () => Known(stream.Assignments.Progress, one => one.Partition, value), Partition);

        void OfTime(string name, string help, Func<PartitionEventTime, double?> value) => instruments.Gauge(
            name, help, () => Known(status.Latest.Values.SelectMany(one => one.Partitions), one => one.Partition, value), Partition);

        void OfPipeline(string name, string help, Func<PipelineStatistics, double?> value) => instruments.Gauge(
            name, help, () => Known(status.Latest, one => one.Key, one => value(one.Value)), Pipeline);
    }

    private static IEnumerable<Sample> Known<T>(IEnumerable<T> all, Func<T, string> name, Func<T, double?> value)
    {
        foreach (var one in all)
        {
            if (value(one) is { } known)
                yield return new Sample(known, name(one));
        }
    }

    private static double? Seconds(DateTimeOffset? time) => time?.ToUnixTimeMilliseconds() / 1000d;
}
