using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Incidents;

/// <summary>The course of an incident in a bounded number of points; when full, every second one goes.</summary>
internal sealed class Timeline
{
    public const string Layout = "at i64, views i64, errors i64";

    private readonly List<TimelinePoint> points = [];

    public IReadOnlyList<TimelinePoint> Points => [.. points];

    public void Add(long at, WindowCount window, int maximum)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(at);
        if (points.Count > 0 && points[^1].At == time)
            return;
        if (points.Count >= maximum)
        {
            var kept = points.Where((_, i) => i % 2 == 0).ToList();
            points.Clear();
            points.AddRange(kept);
        }

        points.Add(new TimelinePoint(time, window.Views, window.Errors));
    }

    public void Save(StateWriter writer)
    {
        writer.Int32(points.Count);
        foreach (var point in points)
        {
            writer.Time(point.At);
            writer.Int64(point.Views);
            writer.Int64(point.Errors);
        }
    }

    public void Load(StateReader reader)
    {
        points.Clear();
        for (var left = reader.Count(); left > 0; left--)
            points.Add(new TimelinePoint(reader.Time(), reader.Int64(), reader.Int64()));
    }
}
