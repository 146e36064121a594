using Rx.Alerting.Core.EventTime;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Service.Sources;

namespace Rx.Alerting.Service.Pages.Pipelines;

/// <summary>The partitions of this process: how far they are read, and whether event time waits for one of them.</summary>
internal static class PartitionLines
{
    /// <summary>Partitions are out of step by a little, always.</summary>
    private static readonly TimeSpan Noticeable = TimeSpan.FromMinutes(1);

    public static IReadOnlyList<PartitionLine> Of(WatchedStream stream, IReadOnlyDictionary<string, PipelineStatistics> pipelines)
    {
        var progress = stream.Assignments.Progress.DistinctBy(one => one.Partition, StringComparer.Ordinal)
            .ToDictionary(one => one.Partition, StringComparer.Ordinal);
        var lines = new List<PartitionLine>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, now) in pipelines.OrderBy(pipeline => pipeline.Key, StringComparer.Ordinal))
        {
            var isHeld = IsHeld(now, out _);
            foreach (var partition in now.Partitions)
            {
                known.Add(partition.Partition);
                var isHolding = isHeld && IsHolding(partition, now);
                lines.Add(Line(name, partition, progress.GetValueOrDefault(partition.Partition), isHolding));
            }
        }

        lines.AddRange(progress.Values.Where(one => !known.Contains(one.Partition)).Select(one => Line(
            string.Empty, new PartitionEventTime(one.Partition, null, IsIdle: false), one, isHolding: false)));
        return
        [
            .. lines.OrderByDescending(line => line.IsHolding).ThenByDescending(line => line.LagTime)
                .ThenBy(line => line.Watermark).ThenBy(line => line.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>Whether event time waits for a partition, while others are further.</summary>
    /// <param name="now">Of the pipeline.</param>
    /// <param name="ahead">How far the furthest is ahead of event time. Null: there is no event time yet.</param>
    public static bool IsHeld(PipelineStatistics now, out TimeSpan? ahead)
    {
        var furthest = now.Partitions.Max(partition => partition.Watermark);
        ahead = furthest - now.Watermark;
        return furthest is not null && (ahead is null || ahead >= Noticeable)
            && now.Partitions.Any(partition => IsHolding(partition, now));
    }

    /// <summary>A partition holds event time if it has not been read to its end, and none is behind it.</summary>
    public static bool IsHolding(PartitionEventTime partition, PipelineStatistics now) =>
        !partition.IsIdle && (partition.Watermark is not { } watermark || watermark <= now.Watermark);

    private static PartitionLine Line(string pipeline, PartitionEventTime time, PartitionProgress read, bool isHolding) => new(
        pipeline,
        time.Partition,
        read.Position,
        read.LagRecords,
        read.LagBytes,
        read.LagTime,
        time.Watermark,
        isHolding ? PartitionState.Holding
            : read.IsPaused ? PartitionState.Paused
            : time.IsIdle ? PartitionState.Idle
            : time.Watermark is null ? PartitionState.Waiting
            : PartitionState.Reading);
}
