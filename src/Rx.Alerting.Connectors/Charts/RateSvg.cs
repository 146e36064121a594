using System.Globalization;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Connectors.Charts;

/// <summary>
/// A picture of an incident's error rate over event time as SVG, for pages: what is normal, the window that opened the
/// incident and its threshold, and what happened to it. <see cref="RatePicture"/> is the same for e-mail, which shows no SVG.
/// </summary>
public sealed class RateSvg
{
    private const double Left = 52;
    private const double RowHeight = 15;
    private const double BelowPlot = 26;

    /// <summary>The limit of a window of which it is not known when it began.</summary>
    private const double LimitWidth = 24;

    /// <summary>Of a letter at most, as the picture cannot measure texts.</summary>
    private const double LetterWidth = 6.6;

    private readonly Svg svg = new();
    private readonly Incident incident;
    private readonly TimeZoneInfo zone;
    private readonly double top;
    private readonly double bottom;
    private readonly double right;
    private readonly RateAxis rates;
    private readonly TimeAxis times;
    private readonly IReadOnlyList<RatePoint> points;
    private readonly IReadOnlyList<(RateMark Mark, double X, int Row)> marks;

    private RateSvg(Incident incident, IReadOnlyList<RatePoint> points, TimeZoneInfo zone, int width, int height)
    {
        (this.incident, this.points, this.zone) = (incident, points, zone);
        (right, bottom) = (width - 10, height - BelowPlot);
        DateTimeOffset[] all = [.. points.Select(point => point.At), incident.WindowStartedAt, incident.StartedAt, incident.UpdatedAt];
        (First, Last) = (all.Min(), all.Max());
        times = new TimeAxis([First, Last], Left, right);
        marks = [.. Placed(RateMark.Of(incident).Where(mark => mark.At >= First && mark.At <= Last))];
        top = 10 + (RowHeight * (marks.Count == 0 ? 0 : marks.Max(mark => mark.Row) + 1));
        rates = new RateAxis(Math.Max(points.Max(point => point.Rate), Threshold), bottom, top);
    }

    private DateTimeOffset First { get; }

    private DateTimeOffset Last { get; }

    private double Threshold => LimitOf(incident);

    /// <summary>What is inside the element <c>svg</c>, safe to be written into a page. Null: there is no view, so nothing to see.</summary>
    /// <param name="incident">The incident.</param>
    /// <param name="zone">Whose times are at the axis.</param>
    /// <param name="width">Units of the view box; a unit is meant to be a pixel.</param>
    /// <param name="height">Units of the view box.</param>
    public static string? Draw(Incident incident, TimeZoneInfo zone, int width, int height)
    {
        var points = RateCurve.Of(incident);
        return points.Count == 0 ? null : new RateSvg(incident, points, zone, width, height).Draw();
    }

    /// <summary>A small line of the error rate, without axes, as what is inside the element <c>svg</c>. Null: no course yet.</summary>
    public static string? Spark(Incident incident, int width, int height)
    {
        var points = RateCurve.Of(incident);
        if (points.Count < 2 || points[0].At == points[^1].At)
            return null;
        var (first, span) = (points[0].At, points[^1].At - points[0].At);
        var reference = NormalOf(incident) ?? LimitOf(incident);
        var highest = Math.Max(points.Max(point => point.Rate), reference);
        double Y(double rate) => height - 1.5 - ((highest > 0 ? rate / highest : 0) * (height - 3));
        var line = points.Select(point => new Place(1 + ((point.At - first) / span * (width - 2)), Y(point.Rate))).ToList();
        var y = Y(reference);
        return new Svg().Line("limit", 0, y, width, y).Path("rate", RateCurve.Thin(line, 2)).ToString();
    }

    private static double LimitOf(Incident incident) =>
        double.IsFinite(incident.Threshold) ? Math.Clamp(incident.Threshold, 0, 1) : 0;

    private static double? NormalOf(Incident incident) =>
        incident.ExpectedValue is { } normal && double.IsFinite(normal) ? Math.Clamp(normal, 0, 1) : null;

    private string Draw()
    {
        var (opening, opened) = (times.X(incident.WindowStartedAt), times.X(incident.StartedAt));
        if (NormalOf(incident) is { } normal)
            svg.Rectangle("normal", Left, rates.Y(normal), right, bottom).Line("usual", Left, rates.Y(normal), right, rates.Y(normal));
        // Only of the first window it is known when it began; and the limit is of the last one.
        var isFirst = incident.Reopenings == 0;
        if (isFirst)
            svg.Rectangle("window", opening, top, opened, bottom);
        foreach (var rate in rates.Ticks)
        {
            svg.Line("grid", Left, rates.Y(rate), right, rates.Y(rate));
            svg.Text("axis", Left - 6, rates.Y(rate) + 4, "end", RateAxis.Label(rate));
        }

        foreach (var time in RoundTimes.Between(First, Last, (int)((right - Left) / 80), zone))
        {
            svg.Line("grid", times.X(time), bottom, times.X(time), bottom + 4);
            svg.Text("axis", Math.Clamp(times.X(time), Left + 18, right - 18), bottom + 18, "middle", Label(time));
        }

        var line = RateCurve.Thin([.. points.Select(point => new Place(times.X(point.At), rates.Y(point.Rate)))], 2);
        svg.Path("area", line, bottom).Path("rate", line);
        if (line.Count == 1)
            svg.Circle("dot", line[0].X, line[0].Y, 3.5);
        var limited = isFirst ? opening : Math.Max(Left, times.X(incident.OpenedAt()) - LimitWidth);
        svg.Line("limit", limited, rates.Y(Threshold), isFirst ? Math.Max(opened, limited + 8) : limited + LimitWidth, rates.Y(Threshold));
        foreach (var (mark, x, row) in marks)
        {
            var y = 14 + (row * RowHeight);
            svg.Line($"mark {mark.Css}", x, y + 3, x, bottom);
            svg.Text($"label {mark.Css}", IsLeft(mark, x) ? x - 4 : x + 4, y, IsLeft(mark, x) ? "end" : "start", mark.Word);
        }

        return svg.ToString();
    }

    private bool IsLeft(RateMark mark, double x) => x + 4 + (mark.Word.Length * LetterWidth) > right;

    /// <summary>Labels that would lie over one another are put below one another. Beyond four rows, a mark is left out.</summary>
    private IEnumerable<(RateMark Mark, double X, int Row)> Placed(IEnumerable<RateMark> all)
    {
        var ends = new double[4];
        foreach (var mark in all.OrderBy(mark => mark.At))
        {
            var (x, width) = (times.X(mark.At), 8 + (mark.Word.Length * LetterWidth));
            var begin = IsLeft(mark, x) ? x - width : x;
            var row = Array.FindIndex(ends, end => end <= begin);
            if (row < 0)
                continue;
            ends[row] = begin + width;
            yield return (mark, x, row);
        }
    }

    private string Label(DateTimeOffset time)
    {
        var local = TimeZoneInfo.ConvertTime(time, zone);
        var span = Last - First;
        var format = span > TimeSpan.FromDays(4) || (local.TimeOfDay == TimeSpan.Zero && span > TimeSpan.FromMinutes(10)) ? "d MMM"
            : span > TimeSpan.FromMinutes(10) ? "HH:mm" : "HH:mm:ss";
        return local.ToString(format, CultureInfo.InvariantCulture);
    }
}
