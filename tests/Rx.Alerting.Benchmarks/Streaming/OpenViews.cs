using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Benchmarks.Streaming;

/// <summary>Counts views that the merged watermark has not passed, by a recount of its own: what a pipeline holds in open panes.</summary>
internal sealed class OpenViews(TimeSpan outOfOrderness)
{
    private readonly Dictionary<long, int> bySecond = [];
    private readonly Dictionary<string, long> newest = [];
    private readonly HashSet<string> idle = [];
    private long open;
    private long passed = long.MaxValue;
    private long first = long.MaxValue;
    private long last = long.MinValue;

    public long Peak { get; private set; }

    /// <summary>Event time from the first to the last view.</summary>
    public TimeSpan Span => TimeSpan.FromMilliseconds(Math.Max(0, last - first));

    public void Count(ViewBatch batch)
    {
        var partition = newest.GetValueOrDefault(batch.Partition, long.MinValue);
        foreach (ref readonly var view in batch.Views)
        {
            partition = Math.Max(partition, view.EventTime);
            (first, last) = (Math.Min(first, view.EventTime), Math.Max(last, view.EventTime));
            passed = Math.Min(passed, view.EventTime / 1000);
            Add(view.EventTime / 1000);
        }

        newest[batch.Partition] = partition;
        if (batch.Status == PartitionStatus.Active)
            idle.Remove(batch.Partition);
        else
            idle.Add(batch.Partition);
        Peak = Math.Max(Peak, open);
        Pass();
    }

    private void Add(long second)
    {
        open++;
        bySecond[second] = bySecond.GetValueOrDefault(second) + 1;
    }

    private void Pass()
    {
        var merged = long.MaxValue;
        foreach (var (partition, time) in newest)
            merged = idle.Contains(partition) ? merged : Math.Min(merged, time);
        if (merged is long.MaxValue or long.MinValue)
            return;
        for (var until = (merged - (long)outOfOrderness.TotalMilliseconds) / 1000; passed < until; passed++)
        {
            if (bySecond.Remove(passed, out var views))
                open -= views;
        }
    }
}
