using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Incidents;

/// <summary>What is remembered of an incident while it is open. Times are event times in milliseconds since the Unix epoch.</summary>
/// <param name="series">What it is about.</param>
/// <param name="slot">Event time of a slot of <see cref="Recent"/>.</param>
internal sealed class OpenIncident(SeriesId series, long slot)
{
    public SeriesId Series { get; } = series;

    /// <summary>When it opened for the first time.</summary>
    public required long StartedAt { get; init; }

    /// <summary>Begin of the window that opened it for the first time.</summary>
    public required long WindowStartedAt { get; init; }

    /// <summary>How many times it ended and broke out again.</summary>
    public int Reopenings { get; init; }

    /// <summary>When it opened for the last time.</summary>
    public required long OpenedAt { get; init; }

    /// <summary>How long the window took that opened it for the last time.</summary>
    public required long OpeningTime { get; init; }

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

    /// <summary>When the first of <see cref="CalmEvaluations"/> was.</summary>
    public long CalmSince { get; set; }

    /// <summary>Of a property: what its affected titles had done at <see cref="CalmSince"/>.</summary>
    public AffectedCount CalmAffected { get; set; }

    /// <summary>How bad it is since it opened for the last time.</summary>
    public FailingViews Failing { get; } = new();

    /// <summary>What the key did in the latest slots of event time.</summary>
    public RecentViews Recent { get; } = new(slot);

    /// <summary>Whether a title is told beside its property's incident.</summary>
    public bool StandsOut { get; init; }

    /// <summary>Whether a property's incident is part of the platform's.</summary>
    public bool IsOfPlatform { get; set; }

    /// <summary>Whether a property's incident is part of that of its only title: both say the same.</summary>
    public bool IsOfTitle { get; set; }

    /// <summary>Whether a property's failure is that of its titles: of several that broke together, or of its only one.</summary>
    public bool IsOfSeveral { get; init; }

    /// <summary>Affected views before it opened for the last time.</summary>
    public long EarlierAffectedViews { get; init; }

    /// <summary>Views of the property or title at the latest evaluation that might have closed the incident.</summary>
    public long EvaluatedPosition { get; set; }

    /// <summary>When the latest change was told.</summary>
    public long ToldAt { get; set; }

    /// <summary>Affected views when the latest change was told.</summary>
    public long ToldAffectedViews { get; set; }

    public Timeline Timeline { get; init; } = new();

    public ExplanationTrack Explained { get; } = new();

    /// <summary>Its number in the order in which incidents opened.</summary>
    public long Sequence { get; set; }

    /// <summary>
    /// Event time of the latest view of the property or title (end of its pane). Not part of the state: a restore observes the series.
    /// </summary>
    public long LastSeen { get; private set; }

    /// <summary>Views of the property or title that were seen so far.</summary>
    public required long SeenPosition { get; set; }

    /// <summary>Of a property: what its affected titles had done when it was followed last.</summary>
    public AffectedCount SeenAffected { get; set; }

    /// <summary>Takes over what the latest pane has, and what its latest affected view said.</summary>
    public void Follow(in Observation observation)
    {
        var affected = observation.Affected;
        Count(observation.At, new(
            observation.Position - SeenPosition, observation.PaneErrors, observation.PaneExplained, affected.Minus(SeenAffected)));
        SeenAffected = affected;
        See(observation);
    }

    /// <summary>Counts views and affected views.</summary>
    public void Count(long at, RecentCount added)
    {
        AffectedViews += added.Errors;
        Recent.Add(at, added);
        Failing.Add(at, added, isCalm: !Series.IsTitle && CalmEvaluations > 0);
    }

    /// <summary>Takes over what the series says of itself.</summary>
    public void See(in Observation observation)
    {
        ErrorDescription = observation.Sample.Message ?? ErrorDescription;
        if (observation.IsTitle)
            VideoTitle = observation.Sample.VideoTitle ?? VideoTitle;
        (LastSeen, SeenPosition) = (observation.At, observation.Position);
    }

    /// <summary>Whether twice as many views are affected as were told.</summary>
    public bool HasDoubled => AffectedViews >= 2 * ToldAffectedViews;

    /// <summary>People are told of the incident as it is now.</summary>
    public void Tell(long now) => (ToldAt, ToldAffectedViews) = (now, AffectedViews);

    /// <summary>Affected views per hour from the begin of the window until <paramref name="now"/>; at least a minute.</summary>
    public double AffectedViewsPerHour(long now) => PerHour(AffectedViews, now - WindowStartedAt);

    /// <summary>Affected views per hour in the latest hour or since it opened for the last time, whichever is shorter.</summary>
    public double RecentPerHour(long now)
    {
        return PerHour(Recent.Latest(now, RecentViews.Slots).Errors, Math.Min(now - OpenedAt + OpeningTime, slot * RecentViews.Slots));
    }

    public static double PerHour(long views, long milliseconds) =>
        views / TimeSpan.FromMilliseconds(Math.Max(60_000, milliseconds)).TotalHours;

    public const string Layout =
        "startedAt i64, windowStartedAt i64, reopenings i32, openedAt i64, openingTime i64, "
        + "standsOut bool, isOfPlatform bool, isOfTitle bool, isOfSeveral bool, earlierAffectedViews i64, "
        + "openedPosition i64, openingViews i64, threshold f64, "
        + "errorDescription text, videoTitle text, severity u8, "
        + "affectedViews i64, affectedViewsPerHourOnOpen f64, lateViews i64, calmEvaluations i32, evaluatedPosition i64, "
        + $"calmSince i64, seenPosition i64, seenAffected ({AffectedCount.Layout}), calmAffected ({AffectedCount.Layout}), "
        + $"failing ({FailingViews.Layout}), recent ({RecentViews.Layout}), "
        + $"toldAt i64, toldAffectedViews i64, {ExplanationTrack.Layout}, "
        + $"timeline [{Timeline.Layout}]";

    public void Save(StateWriter writer)
    {
        writer.Int64(StartedAt);
        writer.Int64(WindowStartedAt);
        writer.Int32(Reopenings);
        writer.Int64(OpenedAt);
        writer.Int64(OpeningTime);
        writer.Boolean(StandsOut);
        writer.Boolean(IsOfPlatform);
        writer.Boolean(IsOfTitle);
        writer.Boolean(IsOfSeveral);
        writer.Int64(EarlierAffectedViews);
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
        writer.Int64(CalmSince);
        writer.Int64(SeenPosition);
        SeenAffected.Save(writer);
        CalmAffected.Save(writer);
        Failing.Save(writer);
        Recent.Save(writer);
        writer.Int64(ToldAt);
        writer.Int64(ToldAffectedViews);
        Explained.Save(writer);
        Timeline.Save(writer);
    }

    public static OpenIncident Load(StateReader reader, SeriesId series, long slot)
    {
        var incident = new OpenIncident(series, slot)
        {
            StartedAt = reader.Int64(),
            WindowStartedAt = reader.Int64(),
            Reopenings = reader.Int32(),
            OpenedAt = reader.Int64(),
            OpeningTime = reader.Int64(),
            StandsOut = reader.Boolean(),
            IsOfPlatform = reader.Boolean(),
            IsOfTitle = reader.Boolean(),
            IsOfSeveral = reader.Boolean(),
            EarlierAffectedViews = reader.Int64(),
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
            CalmSince = reader.Int64(),
            SeenPosition = reader.Int64(),
            SeenAffected = AffectedCount.Load(reader),
            CalmAffected = AffectedCount.Load(reader),
        };
        incident.Failing.Load(reader);
        incident.Recent.Load(reader);
        (incident.ToldAt, incident.ToldAffectedViews) = (reader.Int64(), reader.Int64());
        incident.Explained.Load(reader);
        incident.Timeline.Load(reader);
        return incident;
    }
}
