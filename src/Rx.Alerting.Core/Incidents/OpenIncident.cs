using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Incidents;

/// <summary>What is remembered of an incident while it is open. Times are event times in milliseconds since the Unix epoch.</summary>
internal sealed class OpenIncident(SeriesId series)
{
    public SeriesId Series { get; } = series;

    public required long StartedAt { get; init; }

    public required long WindowStartedAt { get; init; }

    /// <summary>Views of the property or title when the incident opened.</summary>
    public required long OpenedPosition { get; init; }

    /// <summary>Views in the window that opened the incident.</summary>
    public required long OpeningViews { get; init; }

    public required double Threshold { get; init; }

    public required string ErrorDescription { get; set; }

    public string? VideoTitle { get; set; }

    public IncidentSeverity Severity { get; set; }

    public long AffectedViews { get; set; }

    public double AffectedViewsPerHourOnOpen { get; set; }

    public long LateViews { get; set; }

    public int CalmEvaluations { get; set; }

    /// <summary>Views of the property or title at the latest evaluation that might have closed the incident.</summary>
    public long EvaluatedPosition { get; set; }

    /// <summary>When the latest change was told.</summary>
    public long ToldAt { get; set; }

    /// <summary>Affected views when the latest change was told.</summary>
    public long ToldAffectedViews { get; set; }

    public Timeline Timeline { get; } = new();

    /// <summary>Its number in the order in which incidents opened.</summary>
    public long Sequence { get; set; }

    /// <summary>
    /// Event time of the latest view of the property or title (end of its pane). Not part of the state: a restore observes the series.
    /// </summary>
    public long LastSeen { get; private set; }

    /// <summary>Takes over what changes from pane to pane, and what the latest affected view said.</summary>
    public void See(in Observation observation)
    {
        ErrorDescription = observation.Sample.Message ?? ErrorDescription;
        if (observation.IsTitle)
            VideoTitle = observation.Sample.VideoTitle ?? VideoTitle;
        LastSeen = observation.At;
    }

    /// <summary>The window that people are shown: from the opening window's begin until now, at the most the largest window.</summary>
    public WindowCount Shown(in Observation observation)
    {
        var largest = Math.Max(observation.Window.LargestViews, OpeningViews);
        return observation.Window.Latest(Math.Min(largest, observation.Position - OpenedPosition + OpeningViews));
    }

    /// <summary>People are told of the incident as it is now.</summary>
    public void Tell(long now, WindowCount shown, int timelinePoints)
    {
        Timeline.Add(now, shown, timelinePoints);
        (ToldAt, ToldAffectedViews) = (now, AffectedViews);
    }

    /// <summary>Affected views per hour from the begin of the window until <paramref name="now"/>; at least a minute.</summary>
    public double AffectedViewsPerHour(long now) => PerHour(AffectedViews, now - WindowStartedAt);

    public static double PerHour(long views, long milliseconds) =>
        views / TimeSpan.FromMilliseconds(Math.Max(60_000, milliseconds)).TotalHours;

    public const string Layout =
        "startedAt i64, windowStartedAt i64, openedPosition i64, openingViews i64, threshold f64, "
        + "errorDescription text, videoTitle text, severity u8, "
        + "affectedViews i64, affectedViewsPerHourOnOpen f64, lateViews i64, calmEvaluations i32, evaluatedPosition i64, "
        + "toldAt i64, toldAffectedViews i64, "
        + $"timeline [{Timeline.Layout}]";

    public void Save(StateWriter writer)
    {
        writer.Int64(StartedAt);
        writer.Int64(WindowStartedAt);
        writer.Int64(OpenedPosition);
        writer.Int64(OpeningViews);
        writer.Double(Threshold);
        writer.String(ErrorDescription);
        writer.String(VideoTitle);
        writer.Byte((byte)Severity);
        writer.Int64(AffectedViews);
        writer.Double(AffectedViewsPerHourOnOpen);
        writer.Int64(LateViews);
        writer.Int32(CalmEvaluations);
        writer.Int64(EvaluatedPosition);
        writer.Int64(ToldAt);
        writer.Int64(ToldAffectedViews);
        Timeline.Save(writer);
    }

    public static OpenIncident Load(StateReader reader, SeriesId series)
    {
        var incident = new OpenIncident(series)
        {
            StartedAt = reader.Int64(),
            WindowStartedAt = reader.Int64(),
            OpenedPosition = reader.Int64(),
            OpeningViews = reader.Int64(),
            Threshold = reader.Double(),
            ErrorDescription = reader.String() ?? string.Empty,
            VideoTitle = reader.String(),
            Severity = (IncidentSeverity)reader.Byte(),
            AffectedViews = reader.Int64(),
            AffectedViewsPerHourOnOpen = reader.Double(),
            LateViews = reader.Int64(),
            CalmEvaluations = reader.Int32(),
            EvaluatedPosition = reader.Int64(),
            ToldAt = reader.Int64(),
            ToldAffectedViews = reader.Int64(),
        };
        incident.Timeline.Load(reader);
        return incident;
    }
}
