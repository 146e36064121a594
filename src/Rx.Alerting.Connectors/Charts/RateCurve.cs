using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Connectors.Charts;

/// <summary>An error rate at a time.</summary>
/// <param name="At">Event time.</param>
/// <param name="Rate">0–1.</param>
internal readonly record struct RatePoint(DateTimeOffset At, double Rate);

/// <summary>The course of an incident's error rate: points with views, in the order of their times.</summary>
internal static class RateCurve
{
    public static IReadOnlyList<RatePoint> Of(Incident incident) =>
    [
        .. incident.Timeline.Where(point => point.Views > 0)
            .Select(point => new RatePoint(point.At, Math.Clamp(point.Rate, 0, 1)))
            .OrderBy(point => point.At),
    ];

    /// <summary>A line from left to right through the same places, with at most four places in a column.</summary>
    /// <remarks>What is kept of a column is how the line comes in, how far it goes up and down, and how it leaves.</remarks>
    public static IReadOnlyList<Place> Thin(IReadOnlyList<Place> line, double column)
    {
        var kept = new List<Place>();
        foreach (var places in line.GroupBy(place => (int)(place.X / column)).Select(places => places.ToList()))
        {
            var (highest, lowest) = (places.MinBy(place => place.Y), places.MaxBy(place => place.Y));
            Place[] turns = places.IndexOf(highest) < places.IndexOf(lowest) ? [highest, lowest] : [lowest, highest];
            kept.AddRange(places.Count <= 4 ? places : [places[0], .. turns, places[^1]]);
        }

        return kept;
    }
}
