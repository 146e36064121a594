using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Incidents;

/// <summary>The course of an incident in a bounded number of points. When full, the lower one of two goes, so that peaks stay.</summary>
internal sealed class Timeline
{
    public const string Layout = "at i64, views i64, errors i64";

    private readonly List<TimelinePoint> points = [];

    public IReadOnlyList<TimelinePoint> Points => [.. points];

    /// <summary>The highest rate, 0–1.</summary>
    public double Peak => points.Select(point => point.Rate).DefaultIfEmpty().Max();

    public void Add(long at, ShownRate shown, int maximum)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(at);
        if (points.Count > 0 && points[^1].At == time)
            return;
        if (points.Count >= maximum)
        {
            // The first point is the opening.
            List<TimelinePoint> kept = [points[0], .. points.Skip(1).Chunk(2).Select(pair => pair.MaxBy(point => point.Rate)!)];
            points.Clear();
            points.AddRange(kept);
        }

        points.Add(new TimelinePoint(time, shown.Views, shown.Errors));
    }

    /// <summary>Whether the rate was higher by a factor in the later half of a time than in the earlier half, on average.</summary>
    /// <param name="since">Ms since the Unix epoch.</param>
    /// <param name="until">Ms since the Unix epoch.</param>
    /// <param name="factor">At least 1.</param>
    public bool HasRisen(long since, long until, double factor)
    {
        var halves = points.Where(point => point.At.ToUnixTimeMilliseconds() is var at && at > since && at <= until)
            .ToLookup(point => point.At.ToUnixTimeMilliseconds() > since + ((until - since) / 2), point => point.Rate);
        return halves[false].Any() && halves[true].Any() && halves[true].Average() >= factor * halves[false].Average();
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
