using Rx.Alerting.Connectors.Simulation;
using Rx.Alerting.Connectors.Simulation.Scoring;

namespace Rx.Alerting.Connectors.Tests.Simulation;

/// <summary>A label, incidents by minutes after its start, and their score.</summary>
internal static class ScoreCases
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 7, 12, 0, 0, TimeSpan.Zero);

    public static ScoreReport Score(
        IReadOnlyList<IncidentLabel> labels, IReadOnlyList<ScoredIncident> incidents, double propertyDays, ScoreOptions? options = null) =>
        Scorer.Score([new ScoredTraffic("traffic", labels, incidents, propertyDays)], options);

    /// <summary>From noon for two hours, one affected view a minute.</summary>
    public static IncidentLabel Label(int affected) => new()
    {
        Id = "l",
        Kind = IncidentScope.Property,
        Shape = IncidentShape.WholeProperty,
        PropertyId = "1",
        ErrorType = "2001",
        StartedAt = Noon,
        EndedAt = Noon.AddHours(2),
        TrafficShare = 1,
        Level = 1,
        AffectedViews = affected,
        AffectedAt = [.. Enumerable.Range(0, affected).Select(minute => Noon.AddMinutes(minute).ToUnixTimeMilliseconds())],
    };

    public static ScoredIncident Incident(int minute, string id = "i") => new()
    {
        Id = id,
        PropertyId = "1",
        ErrorType = "2001",
        StartedAt = Noon.AddMinutes(minute),
        ResolvedAt = Noon.AddMinutes(minute + 10),
    };
}
