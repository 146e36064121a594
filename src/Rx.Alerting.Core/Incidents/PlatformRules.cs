using System.Text;

namespace Rx.Alerting.Core.Incidents;

/// <summary>Many properties that break with the same error type within a short time are one incident of the platform.</summary>
/// <remarks>
/// A pipeline knows the properties of its own partitions only. With a pipeline for each partition, each groups its own properties.
/// </remarks>
internal sealed class PlatformRules(IncidentState state, IncidentOptions rules, IncidentDecisions decisions)
{
    private readonly long within = (long)rules.PlatformWithin.TotalMilliseconds;

    /// <summary>An incident of a property has opened and was told.</summary>
    public void Opened(OpenIncident property, long now)
    {
        var type = property.Series.ErrorTypeHash;
        var open = state.PropertiesWith(type);
        if (state.Platforms.Find(type) is { } platform)
        {
            if (open.Count(part => part.IsOfPlatform) >= rules.PlatformProperties)
                Join(platform, property, now);
        }
        else if (within > 0)
        {
            var together = open.Where(other => other.OpenedAt > now - within).ToList();
            if (together.Count >= rules.PlatformProperties)
                Open(together, now);
        }
    }

    /// <summary>An incident of a property has ended.</summary>
    public void Ended(OpenIncident property, IncidentTransition transition, IncidentReason reason, long now)
    {
        var type = property.Series.ErrorTypeHash;
        if (!property.IsOfPlatform || state.Platforms.Find(type) is not { } platform)
            return;
        platform.EndedAffectedViews += property.AffectedViews;
        state.Platforms.Changed(type);
        if (Parts(type).Count > 0)
            return;
        decisions.Tell(transition, reason, platform, [], now);
        state.Platforms.Remove(type);
    }

    /// <summary>The open incidents that are part of the platform's incident with an id. Empty: there is none.</summary>
    public IEnumerable<OpenIncident> PartsOf(string id) =>
        state.Platforms.All.Where(platform => platform.Value.Id == id).SelectMany(platform => Parts(platform.Key));

    /// <summary>Tells what has changed much since it was told.</summary>
    public void Update(long now)
    {
        foreach (var (type, platform) in state.Platforms.All.ToList())
        {
            var parts = Parts(type);
            var severity = Severity(parts);
            var reason = severity > platform.Severity ? IncidentReason.SeverityRaised
                : severity < platform.Severity ? IncidentReason.SeverityLowered
                : platform.AffectedViews(parts) >= 2 * platform.ToldAffectedViews ? IncidentReason.AffectedViewsDoubled
                : (IncidentReason?)null;
            if (reason is null)
                continue;
            platform.Severity = severity;
            state.Platforms.Changed(type);
            decisions.Tell(IncidentTransition.Updated, reason, platform, parts, now);
        }
    }

    private void Open(List<OpenIncident> together, long now)
    {
        var platform = new PlatformIncident
        {
            Type = together[0].Series.ErrorType,
            StartedAt = now,
            WindowStartedAt = together.Min(part => part.WindowStartedAt),
            FirstProperty = Encoding.UTF8.GetString(together[0].Series.Property),
            Threshold = together.Max(part => part.Threshold),
            Severity = Severity(together),
            Properties = together.Count,
            ErrorDescription = together[0].ErrorDescription,
        };
        state.Platforms.Add(together[0].Series.ErrorTypeHash, platform);
        foreach (var part in together)
            (part.IsOfPlatform, part.IsOfTitle) = (true, false);
        decisions.Tell(IncidentTransition.Opened, null, platform, together, now);
        foreach (var part in together)
            TellPart(part, now);
    }

    private void Join(PlatformIncident platform, OpenIncident property, long now)
    {
        platform.Properties++;
        state.Platforms.Changed(property.Series.ErrorTypeHash);
        (property.IsOfPlatform, property.IsOfTitle) = (true, false);
        TellPart(property, now);
    }

    private void TellPart(OpenIncident property, long now)
    {
        foreach (var part in state.TitlesOf(property.Series).Prepend(property))
            decisions.Update(IncidentReason.PartOfParent, part, state.Observe(part), now);
    }

    private List<OpenIncident> Parts(ulong type) => [.. state.PropertiesWith(type).Where(part => part.IsOfPlatform)];

    private static IncidentSeverity Severity(List<OpenIncident> parts) =>
        parts.Count == 0 ? IncidentSeverity.Warning : parts.Max(part => part.Severity);
}
