using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Windows;

/// <summary>
/// The errors of a property that have left its largest window, in buckets that grow geometrically with their age. Titles with few views are
/// compared with their property over days: what is older may be told less exactly.
/// </summary>
internal sealed class ErrorTail
{
    public const string Layout = "position i64, paneStart i64, errors i64";

    private readonly List<Bucket> buckets = [];

    /// <summary>Adds a pane that has left the window.</summary>
    /// <param name="pane">The pane. Panes come in their order.</param>
    /// <param name="unit">Views of the smallest bucket.</param>
    public void Add(in FailedPane pane, int unit)
    {
        if (buckets.Count > 0 && pane.Position - buckets[^1].Position < unit)
        {
            buckets[^1] = buckets[^1] with { Errors = buckets[^1].Errors + pane.Errors };
            return;
        }

        buckets.Add(new Bucket(pane.Position, pane.PaneStart, pane.Errors));
        Merge(pane.Position);
    }

    public void Clear() => buckets.Clear();

    /// <summary>The highest error rate since a time, as far as buckets can tell. The bucket that the time is in may count or not.</summary>
    /// <param name="time">Ms since the Unix epoch.</param>
    /// <param name="views">Views since the tail's end.</param>
    /// <param name="errors">Errors since the tail's end.</param>
    /// <param name="end">Position of the tail's end.</param>
    public double RateSince(long time, long views, long errors, long end)
    {
        var rate = Rate(views, errors);
        for (var i = buckets.Count - 1; i >= 0; i--)
        {
            var bucket = buckets[i];
            views += end - bucket.Position;
            errors += bucket.Errors;
            end = bucket.Position;
            if (bucket.PaneStart >= time)
                rate = Rate(views, errors);
            else
                return Math.Max(rate, Rate(views, errors));
        }

        return rate;
    }

    public void Save(StateWriter writer)
    {
        writer.Int32(buckets.Count);
        foreach (var (position, paneStart, errors) in buckets)
        {
            writer.Int64(position);
            writer.Int64(paneStart);
            writer.Int64(errors);
        }
    }

    public void Load(StateReader reader)
    {
        for (var left = reader.Count(); left > 0; left--)
            buckets.Add(new Bucket(reader.Int64(), reader.Int64(), reader.Int64()));
    }

    private static double Rate(long views, long errors) => views > 0 ? (double)Math.Max(0, errors) / views : 0;

    /// <summary>Merges neighbours that together are no larger than half of their age.</summary>
    private void Merge(long now)
    {
        for (var i = buckets.Count - 3; i >= 0; i--)
        {
            var end = buckets[i + 2].Position;
            if (end - buckets[i].Position > (now - end) / 2)
                continue;
            buckets[i] = buckets[i] with { Errors = buckets[i].Errors + buckets[i + 1].Errors };
            buckets.RemoveAt(i + 1);
        }
    }

    /// <param name="Position">The property's position at which the bucket begins.</param>
    /// <param name="PaneStart">Begin of its first pane (ms since the Unix epoch).</param>
    /// <param name="Errors">Errors up to the next bucket.</param>
    private readonly record struct Bucket(long Position, long PaneStart, long Errors);
}
