using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Connectors.Charts;

/// <summary>The course of an error rate as a word of block characters: <c>▁▂▅█▆</c>.</summary>
internal static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█";
    private const int MostBlocks = 24;

    /// <summary>With fewer points there is no course.</summary>
    private const int FewestPoints = 3;

    /// <summary>The blocks, and their scale: <c>▁▂▅█▆ up to 86.0 %</c>. Null: there is no course yet.</summary>
    public static (string Blocks, double Highest)? Of(Incident incident)
    {
        var points = RateCurve.Of(incident);
        if (points.Count < FewestPoints)
            return null;
        var count = Math.Min(points.Count, MostBlocks);
        var (first, span) = (points[0].At, points[^1].At - points[0].At);
        var highest = points.Max(point => point.Rate);
        var rates = new double?[count];
        foreach (var (index, point) in points.Index())
        {
            var block = span == TimeSpan.Zero ? index * count / points.Count : (int)Math.Min(count - 1, (point.At - first) / span * count);
            rates[block] = Math.Max(rates[block] ?? 0, point.Rate);
        }

        for (var i = 1; i < count; i++)
            rates[i] ??= rates[i - 1]; // There is no point in this span.
        return (string.Concat(rates.Select(rate => Blocks[highest > 0 ? (int)Math.Round(rate!.Value / highest * 7) : 0])), highest);
    }
}
