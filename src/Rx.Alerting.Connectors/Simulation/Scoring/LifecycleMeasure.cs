namespace Rx.Alerting.Connectors.Simulation.Scoring;

/// <summary>Measures what people see of the incidents of one piece of traffic.</summary>
internal sealed class LifecycleMeasure
{
    /// <summary>A title that ends so soon after its parent ends with it.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromMinutes(1);

    private readonly ScoredTraffic traffic;
    private readonly ScoreOptions options;
    private readonly Causes causes;
    private readonly Dictionary<string, ScoredIncident> byId;
    private readonly ILookup<(string? PropertyId, string ErrorType), ScoredIncident> titles;
    private readonly DateTimeOffset end;

    public LifecycleMeasure(ScoredTraffic traffic, ScoreOptions options)
    {
        this.traffic = traffic;
        this.options = options;
        causes = new Causes(traffic, options);
        byId = traffic.Incidents.ToDictionary(incident => incident.Id);
        titles = traffic.Incidents.Where(incident => incident.VideoId is not null)
            .ToLookup(incident => (incident.PropertyId, incident.ErrorType));
        end = traffic.EndedAt ?? traffic.Labels.Select(label => label.EndedAt)
            .Concat(traffic.Incidents.Select(incident => incident.ResolvedAt ?? incident.StartedAt))
            .DefaultIfEmpty()
            .Max();
    }

    /// <param name="found">The labels that are required and found.</param>
    public TrafficLifecycle Of(IReadOnlyList<LabelOutcome> found)
    {
        var seen = traffic.Incidents.Where(incident => !incident.Inhibited).OrderBy(incident => incident.StartedAt).ToList();
        var ofProperties = seen.Where(incident => incident is { PropertyId: not null, VideoId: null }).ToList();
        var children = titles.SelectMany(same => same)
            .Select(title => (Title: title, Parent: EndOfParent(title)))
            .Where(child => child.Parent is not null)
            .OrderBy(child => child.Title.StartedAt)
            .ToList();
        return new TrafficLifecycle
        {
            Labels = [.. found.Select(outcome => new LabelLifecycle(outcome.Label, Incidents(outcome.Label), EndsAfter(outcome)))],
            Seen = seen,
            SeenOfProperties = ofProperties.Count,
            Explained = [.. ofProperties.Where(IsExplained)],
            TitlesWithParent = children.Count,
            Outliving = [.. children.Where(child => End(child.Title) > child.Parent + Together).Select(child => child.Title)],
        };
    }

    /// <summary>The number of incidents that tell about a label. Whatever is part of another incident is told by that one.</summary>
    private int Incidents(IncidentLabel label) => Math.Max(1, causes.Effects(label).Count(incident => !incident.Inhibited));

    private TimeSpan? EndsAfter(LabelOutcome found)
    {
        var label = found.Label;
        if (label.EndedAt > end - IncidentLabel.Aftermath)
            return null;
        if (label.Kind == IncidentScope.Title && label.ViewsAfter < options.TitleViewsAfter)
            return null;
        var after = causes.Effects(label).Where(incident => incident.VideoId == label.VideoId)
            .DefaultIfEmpty(found.FoundBy!)
            .Max(End) - label.EndedAt;
        return after > TimeSpan.Zero ? after : TimeSpan.Zero;
    }

    /// <summary>Whether a property's incident only tells that one title is broken.</summary>
    private bool IsExplained(ScoredIncident incident) =>
        !causes.IsOfProperty(incident)
        && titles[(incident.PropertyId, incident.ErrorType)].Any(title =>
            title.StartedAt <= End(incident) && incident.StartedAt <= End(title) && causes.Of(title)?.VideoId == title.VideoId);

    /// <summary>The end of what a title's incident is part of. Null: it is part of nothing.</summary>
    private DateTimeOffset? EndOfParent(ScoredIncident title)
    {
        if (title.ParentId is { } id)
            return byId.TryGetValue(id, out var parent) ? End(parent) : null;
        return causes.Of(title) is { Kind: IncidentScope.Property } label
            ? causes.Effects(label).Where(incident => incident.VideoId is null).Max(incident => (DateTimeOffset?)End(incident))
            : null;
    }

    private DateTimeOffset End(ScoredIncident incident) => incident.ResolvedAt ?? end;
}
