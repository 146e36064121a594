using Rx.Alerting.Core.Explanations;
using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Incidents;

/// <summary>Finds out what open incidents have in common, as the evidence grows.</summary>
/// <param name="facets">The circumstances of views.</param>
/// <param name="state">The open incidents.</param>
internal sealed class IncidentExplainer(FacetState facets, IncidentState state)
{
    /// <summary>A ranking is made anew when affected views have grown by this factor: while they are few, and later.</summary>
    private const double GrowthOfFew = 1.25, Growth = 1.5;

    private const int Few = 64;

    /// <summary>Another cause is told when affected views have grown by this factor since the one before.</summary>
    private const double GrowthOfTold = 1.5;

    /// <summary>So many times people are told of another cause: it may be that none is right.</summary>
    private const int MostTold = 4;

    /// <summary>An incident opens: what happens from now on is not normal.</summary>
    public void Opened(OpenIncident incident, in Observation observation)
    {
        facets.Hold(incident.Series.PropertyHash, Since(incident));
        Explain(incident, observation);
    }

    /// <summary>Looks at an incident again, if it has grown.</summary>
    /// <returns>Why people should be told; null: nothing is new.</returns>
    public IncidentReason? Follow(OpenIncident incident, in Observation observation)
    {
        var track = incident.Explained;
        var growth = track.AskedAffectedViews < Few ? GrowthOfFew : Growth;
        if (incident.AffectedViews < Math.Max(FacetExplainer.FewestFailures, growth * track.AskedAffectedViews) || IsPart(incident))
            return null;
        Explain(incident, observation);
        if (track.Cause == track.ToldCause || track.ToldCauses >= MostTold || !HasGrown(incident))
            return null;
        track.ToldCauses++;
        return track.Cause is null ? IncidentReason.CauseLost : IncidentReason.CauseFound;
    }

    private static bool HasGrown(OpenIncident incident) =>
        incident.Explained.ToldCause is null || incident.AffectedViews >= GrowthOfTold * incident.Explained.ToldCauseAffectedViews;

    /// <summary>Nobody is told of a title that is part of its property's incident.</summary>
    private bool IsPart(OpenIncident incident) =>
        incident.Series.IsTitle && !incident.StandsOut && state.ParentOf(incident) is not null;

    private void Explain(OpenIncident incident, in Observation observation)
    {
        var series = incident.Series;
        var ranking = facets.Explain(
            new(series.PropertyHash, series.Title, series.ErrorTypeHash, Since(incident), observation.Expected.Mean));
        state.Explain(incident, ranking);
        incident.Explained.AskedAffectedViews = incident.AffectedViews;
    }

    private static long Since(OpenIncident incident) => incident.OpenedAt - incident.OpeningTime;
}
