using Microsoft.Extensions.Logging;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Connectors.Charts;

/// <summary>
/// A picture of an incident's error rate over event time: the rate, what is normal, start and end. It brings its own light background, so
/// that it can be read wherever it is shown. The same incident gives the same pixels.
/// </summary>
internal static class RatePicture
{
    /// <summary>As the picture is to be shown; it has twice as many pixels, for sharp screens.</summary>
    public const int Width = 600;

    public const int Height = 180;

    private const int Scale = 2;
    private const double Left = 52;
    private const double Right = Width - 16;
    private const double Top = 30;
    private const double Bottom = 142;
    private const double HeadingY = 11;
    private const double TimesY = 149;
    private const double MarksY = 164;
    private const double Gap = 14;

    private static readonly Colour White = new(0xFFFFFF);
    private static readonly Colour Border = new(0xD0D7DE);
    private static readonly Colour Grid = new(0xE6E9ED);
    private static readonly Colour Grey = new(0x59636E);
    private static readonly Colour Red = new(0xCF222E);
    private static readonly Colour Amber = new(0x9A6700);
    private static readonly Colour Green = new(0x1A7F37);

    /// <summary>The picture as PNG. Null: there is none. A fault of this program costs the picture, and not the notification.</summary>
    public static byte[]? TryDraw(Incident incident, ILogger log)
    {
        try
        {
            return Draw(incident);
        }
        catch (Exception fault)
        {
            ChartLog.CannotDraw(log, incident.Id, fault);
            return null;
        }
    }

    /// <summary>The picture as PNG. Null: there is no point with a view, so there is nothing to see.</summary>
    public static byte[]? Draw(Incident incident)
    {
        var points = RateCurve.Of(incident);
        if (points.Count == 0)
            return null;
        var canvas = new Canvas(Width, Height, Scale, White);
        canvas.Line([new(0, 0), new(Width, 0), new(Width, Height), new(0, Height), new(0, 0)], 2, Border);
        var highest = points.Max(point => point.Rate);
        var reference = Reference(incident);
        var rates = new RateAxis(Math.Max(highest, reference?.Rate ?? 0), Bottom, Top);
        var times = new TimeAxis(
            [points[0].At, points[^1].At, incident.StartedAt, incident.ResolvedAt ?? points[^1].At], Left, Right);
        DrawAxes(canvas, rates, times);
        DrawMarks(canvas, incident, times);
        var line = RateCurve.Thin([.. points.Select(point => new Place(times.X(point.At), rates.Y(point.Rate)))], 1.0 / Scale);
        canvas.Below(line, Bottom, Red, 0.12);
        canvas.Line(line, points.Count == 1 ? 6 : 2, Red);
        if (reference is (var rate, _, var colour))
            canvas.Dashes(new(Left, rates.Y(rate)), new(Right, rates.Y(rate)), 5, 1.5, colour);
        DrawHeading(canvas, highest, reference);
        return Png.Encode(canvas);
    }

    /// <summary>What the rate is compared with: what is normal, or else the limit of the window that opened the incident.</summary>
    private static (double Rate, string Word, Colour Colour)? Reference(Incident incident) => incident switch
    {
        { ExpectedValue: double normal and >= 0 and <= 1 } => (normal, "NORMAL", Grey),
        { Threshold: var limit and >= 0 and <= 1 } => (limit, "LIMIT", Amber),
        _ => null,
    };

    private static void DrawHeading(Canvas canvas, double highest, (double Rate, string Word, Colour Colour)? reference)
    {
        var max = $"MAX {Percent(highest)}";
        StrokeText.Write(canvas, max, new(Left, HeadingY), 0, Red);
        if (reference is (var rate, var word, var colour))
            StrokeText.Write(canvas, $"{word} {Percent(rate)}", new(Left + StrokeText.WidthOf(max) + Gap, HeadingY), 0, colour);
        StrokeText.Write(canvas, "UTC", new(Right, HeadingY), 1, Grey);
    }

    private static void DrawAxes(Canvas canvas, RateAxis rates, TimeAxis times)
    {
        foreach (var rate in rates.Ticks)
        {
            var y = rates.Y(rate);
            canvas.Line([new(Left, y), new(Right, y)], 1, Grid);
            StrokeText.Write(canvas, RateAxis.Label(rate), new(Left - 6, y - (StrokeText.Height / 2)), 1, Grey);
        }

        foreach (var (time, place) in times.Ticks)
            StrokeText.Write(canvas, times.Label(time), new(times.X(time), TimesY), place, Grey);
    }

    /// <summary>Start and end, each as a line with its time below.</summary>
    private static void DrawMarks(Canvas canvas, Incident incident, TimeAxis times)
    {
        var start = $"START {times.Label(incident.StartedAt)}";
        var (startX, startWidth) = (times.X(incident.StartedAt), StrokeText.WidthOf(start));
        var startLeft = Math.Min(startX, Right - startWidth);
        if (incident.ResolvedAt is { } resolved)
        {
            var end = $"END {times.Label(resolved)}";
            var endLeft = Math.Max(Left, times.X(resolved) - StrokeText.WidthOf(end));
            startLeft = Math.Max(Left, Math.Min(startLeft, endLeft - Gap - startWidth));
            endLeft = Math.Max(endLeft, startLeft + startWidth + Gap);
            Mark(canvas, times.X(resolved), end, endLeft, Green);
        }

        Mark(canvas, startX, start, startLeft, Grey);
    }

    private static void Mark(Canvas canvas, double x, string text, double left, Colour colour)
    {
        canvas.Line([new(x, Top - 4), new(x, Bottom)], 1.5, colour);
        StrokeText.Write(canvas, text, new(left, MarksY), 0, colour);
    }

    private static string Percent(double rate) => IncidentWords.Percent(rate);
}
