using System.Globalization;
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
    /// <param name="shown">The window that people are shown.</param>
    /// <param name="reason">Why it is told.</param>
    /// <param name="parentId">The incident that it is part of.</param>
    public static Incident Of(
        OpenIncident open, IncidentStatus status, long now, WindowCount shown, IncidentReason? reason, string? parentId)
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
            AffectedViews = open.AffectedViews,
            AffectedViewsPerHour = Math.Round(open.AffectedViewsPerHour(now), 1),
            AffectedViewsPerHourOnOpen = Math.Round(open.AffectedViewsPerHourOnOpen, 1),
            StartedAt = Time(open.StartedAt),
            ResolvedAt = resolved ? Time(now) : null,
            Description = Describe(property, videoId, open, shown),
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

    private static string Describe(string property, string? videoId, OpenIncident open, WindowCount shown)
    {
        var subject = videoId is null ? $"Property “{property}”" : $"Video title “{open.VideoTitle ?? videoId}”";
        var rate = string.Create(CultureInfo.InvariantCulture, $"{shown.Rate * 100:0.0} %");
        return $"{subject} is failing at a significant rate ({rate}) due to an error of {open.ErrorDescription}";
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

    private static double Rounded(double rate) => Math.Round(rate, 6);

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
