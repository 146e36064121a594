namespace Rx.Alerting.Connectors.Simulation.Scoring;

/// <summary>Which label is behind an incident: the only label to which it counts.</summary>
/// <remarks>
/// It is a label of the same property and error type during which the incident opened, the grace included. If there are several, the label
/// of the same scope (the property, or that title) goes first, then the property's label, then the latest.
/// </remarks>
internal sealed class Causes
{
    private readonly ScoreOptions options;
    private readonly ILookup<(string? PropertyId, string ErrorType), IncidentLabel> labels;
    private readonly ILookup<IncidentLabel?, ScoredIncident> effects;

    public Causes(ScoredTraffic traffic, ScoreOptions options)
    {
        this.options = options;
        labels = traffic.Labels.ToLookup(label => ((string?)label.PropertyId, label.ErrorType));
        effects = traffic.Incidents.ToLookup<ScoredIncident, IncidentLabel?>(Of, ReferenceEqualityComparer.Instance);
    }

    /// <summary>The label behind an incident. Null: there is none.</summary>
    public IncidentLabel? Of(ScoredIncident incident) =>
        labels[(incident.PropertyId, incident.ErrorType)]
            .Where(label => Scorer.Opens(label, incident, options))
            .OrderByDescending(label => label.VideoId == incident.VideoId)
            .ThenByDescending(label => label.Kind == IncidentScope.Property)
            .ThenByDescending(label => label.StartedAt)
            .FirstOrDefault();

    /// <summary>The incidents that a label is behind.</summary>
    public IEnumerable<ScoredIncident> Effects(IncidentLabel label) => effects[label];

    /// <summary>Whether the property's own label overlaps an incident.</summary>
    public bool IsOfProperty(ScoredIncident incident) =>
        labels[(incident.PropertyId, incident.ErrorType)]
            .Any(label => label.Kind == IncidentScope.Property && Scorer.Overlap(label, incident, options));
}
