using Rx.Alerting.Connectors.Simulation;
using Rx.Alerting.Connectors.Simulation.Scoring;
using static Rx.Alerting.Connectors.Tests.Simulation.ScoreCases;

namespace Rx.Alerting.Connectors.Tests.Simulation.Scoring;

/// <summary>Labels and incidents of a property and of its titles, in a day of traffic.</summary>
internal static class LifecycleCases
{
    /// <summary>The property's label, from noon to 14:00.</summary>
    public static IncidentLabel Property { get; } = Label(affected: 400);

    /// <summary>A title's label, from noon to 14:00.</summary>
    public static IncidentLabel Title { get; } = Label(affected: 40) with { Id = "t", Kind = IncidentScope.Title, VideoId = "v" };

    /// <summary>The property's incident, by minutes after noon.</summary>
    public static ScoredIncident OfProperty(int from, int? to, string id = "p") =>
        Incident(from, id) with { ResolvedAt = to is { } minute ? Noon.AddMinutes(minute) : null };

    /// <summary>A title's incident, by minutes after noon.</summary>
    public static ScoredIncident OfTitle(int from, int? to, string id = "t", string video = "v") =>
        OfProperty(from, to, id) with { VideoId = video };

    /// <summary>The score of traffic that ends at midnight.</summary>
    public static ScoreReport Score(IReadOnlyList<IncidentLabel> labels, params IReadOnlyList<ScoredIncident> incidents) =>
        Scorer.Score([new ScoredTraffic("traffic", labels, incidents, 100, Noon.AddHours(12))]);
}
