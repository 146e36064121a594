namespace Rx.Alerting.Connectors.Simulation.Scoring;

/// <summary>What people see of incidents, over all traffic that was scored. They do not see an incident that is part of another.</summary>
public sealed record LifecycleScore
{
    /// <summary>Incidents that tell about one label, over the labels that are required and found.</summary>
    public required Spread IncidentsPerLabel { get; init; }

    /// <summary>Minutes from the end of a label to the end of its last incident.</summary>
    public required Spread MinutesToEnd { get; init; }

    /// <summary>Changes of one incident that people see.</summary>
    public required Spread ChangesPerIncident { get; init; }

    /// <summary>Of the properties' incidents that people see, those that tell of one broken title only.</summary>
    public required Part Explained { get; init; }

    /// <summary>Of the titles' incidents with a parent, those that ended after it. Only for information.</summary>
    public required Part Outliving { get; init; }

    internal static LifecycleScore Of(IReadOnlyList<TrafficLifecycle> traffic)
    {
        var labels = traffic.SelectMany(piece => piece.Labels).ToList();
        return new LifecycleScore
        {
            IncidentsPerLabel = Spread.Of(labels.Select(label => (double)label.Incidents)),
            MinutesToEnd = Spread.Of(labels.Select(label => label.EndsAfter).OfType<TimeSpan>().Select(after => after.TotalMinutes)),
            ChangesPerIncident = Spread.Of(traffic.SelectMany(piece => piece.Seen).Select(incident => (double)incident.Changes)),
            Explained = new Part(traffic.Sum(piece => piece.Explained.Count), traffic.Sum(piece => piece.SeenOfProperties)),
            Outliving = new Part(traffic.Sum(piece => piece.Outliving.Count), traffic.Sum(piece => piece.TitlesWithParent)),
        };
    }
}

/// <summary>What people see of one label that is required and found.</summary>
/// <param name="Label">The label.</param>
/// <param name="Incidents">The number of incidents that tell about it. It is at least 1, even if all are part of others.</param>
/// <param name="EndsAfter">
/// The event time from the label's end to the end of its last incident, at least 0. Null if the views after the label cannot tell.
/// </param>
public sealed record LabelLifecycle(IncidentLabel Label, int Incidents, TimeSpan? EndsAfter);

/// <summary>What people see of the incidents of one piece of traffic.</summary>
public sealed record TrafficLifecycle
{
    public required IReadOnlyList<LabelLifecycle> Labels { get; init; }

    /// <summary>The incidents that people see.</summary>
    public required IReadOnlyList<ScoredIncident> Seen { get; init; }

    /// <summary>The properties' incidents among <see cref="Seen"/>.</summary>
    public required int SeenOfProperties { get; init; }

    /// <summary>The properties' incidents that people see and that tell of one broken title only.</summary>
    public required IReadOnlyList<ScoredIncident> Explained { get; init; }

    /// <summary>The number of titles' incidents with a parent.</summary>
    public required int TitlesWithParent { get; init; }

    /// <summary>The titles' incidents that ended after their parent.</summary>
    public required IReadOnlyList<ScoredIncident> Outliving { get; init; }
}
