using System.Text;
using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Incidents;

/// <summary>From what the pipeline remembers of an incident to what people and programs are told.</summary>
internal static class IncidentSnapshot
{
    /// <summary>An incident that re-opened so often is flapping.</summary>
    public const int Flapping = 3;

    /// <param name="open">What is remembered.</param>
    /// <param name="status">What it is now.</param>
    /// <param name="now">Event time (ms since the Unix epoch).</param>
    /// <param name="shown">The latest views.</param>
    /// <param name="reason">Why it is told.</param>
    /// <param name="parentId">The incident that it is part of.</param>
    public static Incident Of(
        OpenIncident open, IncidentStatus status, long now, ShownRate shown, IncidentReason? reason, string? parentId)
    {
        var series = open.Series;
        var property = Encoding.UTF8.GetString(series.Property);
        var videoId = series.Title is { } title ? Encoding.UTF8.GetString(title) : null;
        var errorType = Encoding.UTF8.GetString(series.ErrorType);
        var resolved = status != IncidentStatus.Open;
        return new Incident
        {
            Id = IdOf(open),
            IncidentKey = KeyOf(series),
            Status = status,
            Severity = open.Severity,
            MeasuredValue = Rounded(shown.Rate),
            MeasuredValueOnClose = resolved ? Rounded(shown.Rate) : null,
            Threshold = Rounded(open.Threshold),
            SampleSize = shown.Views,
            MeasuredSince = Time(shown.Since),
            ExpectedValue = Normal(shown),
            Recovering = !resolved && shown.IsCalm,
            AffectedViews = open.AffectedViews,
            AffectedViewsPerHour = Math.Round(open.AffectedViewsPerHour(now), 1),
            AffectedViewsPerHourOnOpen = Math.Round(open.AffectedViewsPerHourOnOpen, 1),
            StartedAt = Time(open.StartedAt),
            ResolvedAt = resolved ? Time(now) : null,
            Description = Describe(property, videoId, open, Failing(open.Timeline, shown, resolved), resolved),
            PeakValue = Peak(open.Timeline, shown),
            ErrorDescription = open.ErrorDescription,
            Breakdowns = Breakdowns(errorType, open, videoId),
            ExplainedBy = open.Explained.By,
            Explanations = open.Explained.Best,
            PropertyId = property,
            VideoId = videoId,
            VideoTitle = open.VideoTitle,
            ErrorType = errorType,
            WindowStartedAt = Time(open.WindowStartedAt),
            UpdatedAt = Time(now),
            LateViews = open.LateViews,
            Reason = reason,
            ParentId = parentId,
            StandsOut = open.StandsOut,
            Reopenings = open.Reopenings,
            Flapping = open.Reopenings >= Flapping,
            Timeline = open.Timeline.Points,
        };
    }

    /// <summary>The <see cref="Incident.Id"/> of an open incident.</summary>
    public static string IdOf(OpenIncident open) => IncidentId.Of(KeyOf(open.Series), open.StartedAt);

    /// <summary>The <see cref="Incident.IncidentKey"/> of incidents that are about a series.</summary>
    public static string KeyOf(SeriesId series) => IncidentId.Key(
        Encoding.UTF8.GetString(series.Property),
        series.Title is { } title ? Encoding.UTF8.GetString(title) : null,
        Encoding.UTF8.GetString(series.ErrorType));

    /// <summary>The <see cref="Incident.PeakValue"/>.</summary>
    public static double Peak(Timeline timeline, ShownRate shown) => Rounded(Math.Max(timeline.Peak, shown.Rate));

    /// <summary>How bad it is, or was: <c>failing at a significant rate (12.3 %)</c>.</summary>
    public static string Failing(Timeline timeline, ShownRate shown, bool isOver) => isOver
        ? $"failing at a significant rate (up to {IncidentWords.Percent(Peak(timeline, shown))})"
        : $"failing at a significant rate ({IncidentWords.Percent(shown.Rate)})";

    private static string Describe(string property, string? videoId, OpenIncident open, string failing, bool isOver)
    {
        var subject = videoId is null ? $"Property “{property}”" : $"Video title “{open.VideoTitle ?? videoId}”";
        return $"{subject} {(isOver ? "was" : "is")} {failing} due to an error of {open.ErrorDescription}";
    }

    private static List<Breakdown> Breakdowns(string errorType, OpenIncident open, string? videoId)
    {
        var breakdowns = new List<Breakdown> { new("error_type", errorType, 1) };
        if (videoId is not null)
            breakdowns.Add(new Breakdown("video_title", open.VideoTitle ?? videoId, 1));
        if (open.Explained.Cause is not null)
        {
            var best = open.Explained.Best[0];
            breakdowns.AddRange(best.Dimensions.Select(dimension => new Breakdown(dimension.Name, dimension.Value, best.Share)));
        }

        return breakdowns;
    }

    /// <summary>The <see cref="Incident.ExpectedValue"/>.</summary>
    public static double? Normal(ShownRate shown) => shown.Expected is { } expected ? Rounded(expected) : null;

    private static double Rounded(double rate) => Math.Round(rate, 6);

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
