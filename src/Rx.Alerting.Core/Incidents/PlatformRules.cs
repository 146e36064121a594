using System.Text;

namespace Rx.Alerting.Core.Incidents;

/// <summary>Many properties that break with the same error type within a short time are one incident of the platform.</summary>
/// <remarks>
/// A pipeline knows the properties of its own partitions only. With a pipeline for each partition, each groups its own properties.
/// </remarks>
internal sealed class PlatformRules(
    IncidentState state, IncidentOptions rules, ClosingRules closing, Severities severities, IncidentDecisions decisions)
{
    /// <summary>Another cause is told when affected views have grown by this factor.</summary>
    private const double GrowthOfCause = 1.5;

    /// <summary>A property is part of the incident if another part of it broke so shortly before, or after.</summary>
    private const long Joining = 30 * 60_000;

    /// <summary>
    /// An incident of a property opens. If others have joined shortly before, it is part of the platform's from the beginning.
    /// </summary>
    public void Join(OpenIncident property)
    {
        var type = property.Series.ErrorTypeHash;
        if (property.Series.IsTitle || state.Platforms.Find(type) is not { } platform || property.OpenedAt > platform.JoinedAt + Joining)
            return;
        Add(platform, property);
        state.Platforms.Changed(type);
    }

    /// <summary>An incident of a property has opened and was told.</summary>
    public void Opened(OpenIncident property, long now)
    {
        var type = property.Series.ErrorTypeHash;
        if (property.IsOfPlatform)
        {
            if (state.Platforms.Find(type) is { } joined)
                TellIfChanged(joined, type, now, joined.Properties >= 2 * joined.ToldProperties);
            return;
        }

        var alone = state.PropertiesWith(type).Where(other => !other.IsOfPlatform).ToList();
        var within = (long)rules.PlatformWithin.TotalMilliseconds;
        if (within > 0 && alone.Count(other => other.OpenedAt > now - within) >= rules.PlatformProperties)
            Open(OneAfterAnother(alone), type, now);
    }

    /// <summary>An incident of a property has ended.</summary>
    /// <param name="property">What has ended.</param>
    /// <param name="transition">How.</param>
    /// <param name="reason">Why.</param>
    /// <param name="now">Event time (ms since the Unix epoch).</param>
    /// <param name="last">Its last views.</param>
    public void Ended(OpenIncident property, IncidentTransition transition, IncidentReason reason, long now, ShownRate last)
    {
        var type = property.Series.ErrorTypeHash;
        if (!property.IsOfPlatform || state.Platforms.Find(type) is not { } platform)
            return;
        platform.EndedAffectedViews += property.AffectedViews - property.EarlierAffectedViews;
        state.Platforms.Changed(type);
        if (Parts(type).Count > 0)
            return;
        platform.End(now, now + closing.ReopenWithin(platform.Reopenings, transition));
        Tell(transition, reason, platform, type, now, last);
    }

    /// <summary>The open incidents that are part of the platform's incident with an id. Empty: there is none.</summary>
    public IEnumerable<OpenIncident> PartsOf(string id) =>
        state.Platforms.All.Where(platform => platform.Value.Id == id).SelectMany(platform => Parts(platform.Key));

    /// <summary>Tells what has changed much since it was told, and shows the figures as they are now.</summary>
    public void Update(long now)
    {
        foreach (var (type, platform) in state.Platforms.All.Where(platform => !platform.Value.IsOver).ToList())
        {
            if (!TellIfChanged(platform, type, now, platform.AffectedViews(Parts(type)) >= 2 * platform.ToldAffectedViews))
                Refresh(platform, type, now);
        }
    }

    private void Refresh(PlatformIncident platform, ulong type, long now)
    {
        state.Platforms.Changed(type);
        decisions.Refresh(platform, Parts(type), now);
    }

    private bool TellIfChanged(PlatformIncident platform, ulong type, long now, bool hasDoubled)
    {
        var severity = severities.Of(platform, Parts(type), now);
        var reason = severity > platform.Severity ? IncidentReason.SeverityRaised
            : severity < platform.Severity ? IncidentReason.SeverityLowered
            : IsOfAnotherCause(platform, type) ? IncidentReason.CauseFound
            : hasDoubled ? IncidentReason.AffectedViewsDoubled
            : (IncidentReason?)null;
        if (reason is null)
            return false;
        platform.Severity = severity;
        Tell(IncidentTransition.Updated, reason, platform, type, now);
        return true;
    }

    /// <summary>
    /// Whether its properties have a cause in common, and another was told or none. Another is told only with more evidence.
    /// </summary>
    private bool IsOfAnotherCause(PlatformIncident platform, ulong type) => SharedCause.Of(Parts(type)) is { } shared
        && (platform.Cause is not { } told
            || (IncidentWords.Slice(shared) != IncidentWords.Slice(told)
                && platform.AffectedViews(Parts(type)) >= GrowthOfCause * platform.ToldAffectedViews));

    /// <summary>The latest properties, and those before that broke within half an hour of the next one.</summary>
    private static List<OpenIncident> OneAfterAnother(List<OpenIncident> asTheyOpened)
    {
        var first = asTheyOpened.Count - 1;
        while (first > 0 && asTheyOpened[first - 1].OpenedAt + Joining >= asTheyOpened[first].OpenedAt)
            first--;
        return asTheyOpened[first..];
    }

    /// <summary>The properties are a new incident of the platform, or part of the one that is open.</summary>
    private void Open(List<OpenIncident> together, ulong type, long now)
    {
        var open = state.Platforms.Find(type);
        var past = state.Platforms.FindPast(type, now);
        past?.Reopen();
        var platform = open ?? past ?? new PlatformIncident
        {
            Type = together[0].Series.ErrorType,
            StartedAt = now,
            WindowStartedAt = together.Min(part => part.WindowStartedAt),
            FirstProperty = Encoding.UTF8.GetString(together[0].Series.Property),
            Threshold = together.Max(part => part.Threshold),
            ErrorDescription = together[0].ErrorDescription,
        };
        state.Platforms.Add(type, platform);
        var ofTitles = together.Where(part => part.IsOfTitle).ToList();
        foreach (var part in together)
            Add(platform, part);
        platform.Severity = severities.Of(platform, Parts(type), now);
        var transition = open is not null ? IncidentTransition.Updated
            : past is not null ? IncidentTransition.Reopened
            : IncidentTransition.Opened;
        Tell(transition, open is null ? null : IncidentReason.AffectedViewsDoubled, platform, type, now);
        foreach (var part in together.Concat(ofTitles.SelectMany(part => state.TitlesOf(part.Series))))
            decisions.Update(IncidentReason.PartOfParent, part, state.Observe(part), now);
    }

    private static void Add(PlatformIncident platform, OpenIncident property)
    {
        (property.IsOfPlatform, property.IsOfTitle) = (true, false);
        platform.PropertyHashes.Add(property.Series.PropertyHash);
        platform.JoinedAt = property.OpenedAt;
    }

    private void Tell(
        IncidentTransition transition, IncidentReason? reason, PlatformIncident platform, ulong type, long now, ShownRate last = default)
    {
        state.Platforms.Changed(type);
        decisions.Tell(transition, reason, platform, Parts(type), now, last);
    }

    private List<OpenIncident> Parts(ulong type) => [.. state.PropertiesWith(type).Where(part => part.IsOfPlatform)];
}
