using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Explanations;
using Rx.Alerting.Core.Panes;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Incidents;

/// <summary>The open incidents, in the order in which they opened.</summary>
/// <param name="windows">Holds the keys that incidents are about.</param>
/// <param name="rules">How long what is remembered, and how much.</param>
/// <param name="tracksChanges">Whether what changes is remembered, for saves of changes only.</param>
internal sealed class IncidentState(WindowState windows, IncidentOptions rules, bool tracksChanges = false) : IOperatorState
{
    /// <summary>The kinds of entries.</summary>
    public const ulong OpenEntry = 0, PastEntry = 1, PlatformEntry = 2;

    private readonly OrderedDictionary<SeriesId, OpenIncident> open = [];

    /// <summary>The open incidents of titles by their property's series, and those of properties by error type, as they opened.</summary>
    private readonly Dictionary<SeriesId, List<OpenIncident>> titles = [];
    private readonly Dictionary<ulong, List<OpenIncident>> properties = [];
    private readonly CauseIndex causes = new();
    private readonly ChangeLog<OpenIncident> log = new(tracksChanges);
    private readonly List<OpenIncident> loaded = [];
    private long latestSequence;

    public static StateLayout Layout { get; } = new(6,
        $"incidents/{OpenEntry}: property bytes, isTitle bool, title bytes if isTitle, type bytes, {OpenIncident.Layout}",
        $"incidents/{PastEntry}: {PastIncident.Layout}",
        $"incidents/{PlatformEntry}: {PlatformIncident.Layout}")
    {
        Upgrades =
        [
            StateUpgrade.OfEach(IncidentVersion2.Layout, IncidentVersion2.Upgrade),
            new(IncidentVersion3.Layout, IncidentVersion3.Upgrade),
            new(IncidentVersion4.Layout, entries => entries.Select(IncidentVersion4.Upgrade)),
            new(IncidentVersion5.Layout, entries => entries.Select(IncidentVersion5.Upgrade)),
        ],
    };

    StateLayout IOperatorState.Layout => Layout;

    public int Count => open.Count;

    /// <summary>The level and severity of each open incident, those of the platform included.</summary>
    public IEnumerable<(IncidentLevel Level, IncidentSeverity Severity)> Kinds =>
        open.Values.Select(incident => (incident.Series.IsTitle ? IncidentLevel.Title : IncidentLevel.Property, incident.Severity))
            .Concat(Platforms.All.Values.Where(platform => !platform.IsOver)
                .Select(platform => (IncidentLevel.Platform, platform.Severity)));

    /// <summary>How many open incidents of properties and titles are explained in each way; null: too few failures to tell.</summary>
    public IEnumerable<(ExplainedBy? By, int Number)> Explained =>
        open.Values.GroupBy(incident => incident.Explained.By).Select(group => (group.Key, group.Count()));

    /// <summary>What re-opens if the same breaks again soon.</summary>
    public PastIncidents Past { get; } = new(rules.MaximumHistory, tracksChanges);

    /// <summary>The incidents of the platform.</summary>
    public PlatformIncidents Platforms { get; } = new(tracksChanges);

    /// <summary>Whether event time matters: something is open, or may re-open.</summary>
    public bool IsWaiting => open.Count > 0 || Past.Count > 0 || Platforms.HasPast;

    public IReadOnlyList<OpenIncident> All => open.Values;

    /// <summary>The latest event time of anything that is open or may re-open (ms since the Unix epoch).</summary>
    public long LatestAt => Math.Max(
        Math.Max(Past.LatestAt, Platforms.LatestAt),
        open.Values.Select(incident => incident.LastSeen).DefaultIfEmpty(long.MinValue).Max());

    public OpenIncident this[SeriesId series] => open[series];

    public void Add(OpenIncident incident)
    {
        incident.Sequence = ++latestSequence;
        Insert(incident);
        Changed(incident);
    }

    public void Remove(OpenIncident incident)
    {
        open.Remove(incident.Series);
        causes.Remove(incident);
        if (incident.Series.OfProperty is { } property)
            Drop(titles, property, incident);
        else
            Drop(properties, incident.Series.ErrorTypeHash, incident);
        log.Removed(incident);
    }

    public void Changed(OpenIncident incident) => log.Changed(incident);

    public bool IsOpen(OpenIncident incident) => open.TryGetValue(incident.Series, out var current) && current == incident;

    public bool IsOpen(SeriesId series) => open.ContainsKey(series);

    /// <summary>The incident's series as of the latest pane, for what happens between panes.</summary>
    public Observation Observe(OpenIncident incident) => windows.Observe(incident.Series);

    /// <inheritdoc cref="CauseIndex.Like"/>
    public IReadOnlyList<OpenIncident> SimilarTo(OpenIncident incident, int most) => causes.Like(incident, most);

    /// <summary>Another ranking explains an open incident.</summary>
    /// <param name="incident">The incident.</param>
    /// <param name="ranking">What explains it; null: too little is known.</param>
    public void Explain(OpenIncident incident, Ranking? ranking)
    {
        causes.Remove(incident);
        incident.Explained.Set(ranking?.By, ranking?.Best ?? []);
        causes.Add(incident);
    }

    /// <summary>The open incident that a title or property is part of. Null where there is none, and for a part of the platform.</summary>
    public OpenIncident? ParentOf(OpenIncident incident)
    {
        if (incident.Series.OfProperty is { } property)
            return open.GetValueOrDefault(property) is { IsOfTitle: false } parent ? parent : null;
        return incident.IsOfTitle ? TitlesOf(incident.Series).FirstOrDefault() : null;
    }

    /// <summary>The open incidents that are part of an open incident of a title or property.</summary>
    public IReadOnlyList<OpenIncident> PartsOf(OpenIncident incident)
    {
        if (incident.Series.OfProperty is { } property)
            return open.GetValueOrDefault(property) is { IsOfTitle: true } part ? [part] : [];
        return incident.IsOfTitle ? [] : TitlesOf(incident.Series);
    }

    /// <summary>The open incidents of a property's titles, of the same error type.</summary>
    public IReadOnlyList<OpenIncident> TitlesOf(SeriesId property) => [.. titles.GetValueOrDefault(property) ?? []];

    /// <summary>
    /// Whether the titles of a property that have an incident fail for themselves: the property has not opened because of them, and they
    /// are few.
    /// </summary>
    public bool HasFewTitles(OpenIncident property) =>
        !property.Series.IsTitle && !property.IsOfSeveral && (titles.GetValueOrDefault(property.Series)?.Count ?? 0) < rules.SeveralTitles;

    /// <summary>The open incidents of properties with an error type.</summary>
    public IReadOnlyList<OpenIncident> PropertiesWith(ulong errorType) => [.. properties.GetValueOrDefault(errorType) ?? []];

    /// <summary>Views that came too late to be counted are told to the open incidents of their property.</summary>
    public void CountLate(PaneRelease release)
    {
        if (release.Pane?.Late is not { } lateViews || open.Count == 0)
            return;
        foreach (var (late, count) in lateViews.Counts)
        {
            foreach (var incident in open.Values)
            {
                if (late.PaneStart >= incident.WindowStartedAt && late.Property == incident.Series.PropertyHash)
                {
                    incident.LateViews += count;
                    Changed(incident);
                }
            }
        }
    }

    public void Save(ChangeWriter changes, bool everything)
    {
        if (everything)
        {
            foreach (var incident in open.Values)
                Write(incident, changes);
        }
        else
        {
            log.Take(incident => Write(incident, changes), incident => changes.Remove(KeyOf(incident)));
        }

        Past.Save(changes, everything);
        Platforms.Save(changes, everything);
    }

    /// <summary>The windows must have been loaded before.</summary>
    public void Load(StateKey key, StateReader reader)
    {
        switch (key.High)
        {
            case OpenEntry:
                LoadOpen(key, reader);
                break;
            case PastEntry:
                Past.Load(reader);
                break;
            default:
                Platforms.Load(key.Low, reader);
                break;
        }
    }

    private void LoadOpen(StateKey key, StateReader reader)
    {
        var property = reader.Bytes();
        var title = reader.Boolean() ? reader.Bytes() : null;
        if (windows.Observe(property, title, errorTypeHash: KeyHash.Of(reader.Bytes())) is not { } observation)
            throw new CheckpointFormatException("The checkpoint is damaged: an incident is about a key that is not there.");
        var incident = OpenIncident.Load(reader, observation.Series, ClosingRules.SlotOf(rules));
        incident.See(observation);
        incident.Sequence = unchecked((long)key.Low);
        loaded.Add(incident);
    }

    public void EndLoad()
    {
        foreach (var incident in loaded.OrderBy(incident => incident.Sequence))
        {
            Insert(incident);
            log.Loaded(incident);
            latestSequence = incident.Sequence;
        }

        loaded.Clear();
    }

    private void Insert(OpenIncident incident)
    {
        open.Add(incident.Series, incident);
        causes.Add(incident);
        if (incident.Series.OfProperty is { } property)
            Keep(titles, property, incident);
        else
            Keep(properties, incident.Series.ErrorTypeHash, incident);
    }

    private static void Keep<T>(Dictionary<T, List<OpenIncident>> lists, T key, OpenIncident incident)
        where T : notnull
    {
        if (!lists.TryGetValue(key, out var list))
            lists.Add(key, list = []);
        list.Add(incident);
    }

    private static void Drop<T>(Dictionary<T, List<OpenIncident>> lists, T key, OpenIncident incident)
        where T : notnull
    {
        lists[key].Remove(incident);
        if (lists[key].Count == 0)
            lists.Remove(key);
    }

    private static StateKey KeyOf(OpenIncident incident) => new(StateSections.Incidents, OpenEntry, unchecked((ulong)incident.Sequence));

    private static void Write(OpenIncident incident, ChangeWriter changes)
    {
        var writer = changes.Begin(KeyOf(incident));
        var series = incident.Series;
        writer.Bytes(series.Property);
        writer.Boolean(series.IsTitle);
        if (series.Title is { } title)
            writer.Bytes(title);
        writer.Bytes(series.ErrorType);
        incident.Save(writer);
    }
}
