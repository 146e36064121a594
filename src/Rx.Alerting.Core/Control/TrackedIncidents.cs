using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Control;

/// <summary>The open incidents, and for a while those that have ended: their trails go on if they open again.</summary>
/// <param name="keepEnded">Milliseconds of event time for which an incident is kept after its end.</param>
/// <param name="tracksChanges">Whether what changes is remembered, for saves of changes only.</param>
internal sealed class TrackedIncidents(long keepEnded, bool tracksChanges)
{
    /// <summary>The most incidents that are kept after their end. The oldest go first.</summary>
    private const int MaximumEnded = 10_000;

    private readonly Dictionary<string, TrackedIncident> byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<TrackedIncident>> openByProperty = new(StringComparer.Ordinal);
    private readonly SortedSet<(long At, string Id)> ended = new(EndedOrder);
    private readonly ChangeLog<string> log = new(tracksChanges);

    public IReadOnlyCollection<TrackedIncident> All => byId.Values;

    private static Comparer<(long At, string Id)> EndedOrder { get; } = Comparer<(long At, string Id)>.Create(
        (a, b) => a.At != b.At ? a.At.CompareTo(b.At) : string.CompareOrdinal(a.Id, b.Id));

    public TrackedIncident? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>The open incidents that match, in <see cref="InOrder"/>.</summary>
    public IReadOnlyList<TrackedIncident> OpenMatching(IncidentMatcher matcher)
    {
        var candidates = matcher.Property is { } property && !Glob.IsGlob(property)
            ? openByProperty.GetValueOrDefault(property) ?? []
            : openByProperty.Where(open => matcher.MatchesProperty(open.Key.Length > 0 ? open.Key : null)).SelectMany(open => open.Value);
        return InOrder(candidates.Where(tracked => matcher.Matches(tracked.Told)));
    }

    /// <summary>An order that is the same after a restore: by the begin of the incidents.</summary>
    public static IReadOnlyList<TrackedIncident> InOrder(IEnumerable<TrackedIncident> incidents) =>
        [.. incidents.OrderBy(tracked => tracked.Told.StartedAt).ThenBy(tracked => tracked.Told.Id, StringComparer.Ordinal)];

    /// <summary>Something was told of an incident.</summary>
    public void Put(TrackedIncident tracked, Incident told)
    {
        log.Changed(told.Id);
        if (tracked.IsOpen && told.Status == IncidentStatus.Open && Find(told.Id) == tracked)
        {
            tracked.Told = told; // As nearly always: where it is filed, it stays.
            return;
        }

        TakeOut(tracked);
        tracked.Told = told;
        File(tracked);
    }

    /// <summary>Forgets incidents that have ended long ago.</summary>
    public void Forget(long now)
    {
        while (ended.Count > 0 && (ended.Min.At < now - keepEnded || ended.Count > MaximumEnded))
        {
            var id = ended.Min.Id;
            TakeOut(byId[id]);
            log.Removed(id);
        }
    }

    public void Save(ChangeWriter changes, Func<ulong, StateKey> keyOf, bool everything)
    {
        if (everything)
        {
            foreach (var id in byId.Keys)
                Write(id);
        }
        else
        {
            log.Take(Write, id => changes.Remove(keyOf(ContentHash.Of(id))));
        }

        void Write(string id) => IncidentEncoding.Write(changes.Begin(keyOf(ContentHash.Of(id))), byId[id].Told);
    }

    public void Load(StateReader reader)
    {
        var tracked = new TrackedIncident(IncidentEncoding.Read(reader));
        File(tracked);
        log.Loaded(tracked.Told.Id);
    }

    private void File(TrackedIncident tracked)
    {
        var (id, property) = (tracked.Told.Id, tracked.Told.PropertyId ?? string.Empty);
        byId[id] = tracked;
        if (!tracked.IsOpen)
            ended.Add((EndOf(tracked), id));
        else if (openByProperty.TryGetValue(property, out var open))
            open.Add(tracked);
        else
            openByProperty.Add(property, [tracked]);
    }

    private void TakeOut(TrackedIncident tracked)
    {
        var (id, property) = (tracked.Told.Id, tracked.Told.PropertyId ?? string.Empty);
        if (!byId.Remove(id))
            return;
        if (!tracked.IsOpen)
            ended.Remove((EndOf(tracked), id));
        else if (openByProperty.TryGetValue(property, out var open) && open.Remove(tracked) && open.Count == 0)
            openByProperty.Remove(property);
    }

    private static long EndOf(TrackedIncident tracked) => (tracked.Told.ResolvedAt ?? tracked.Told.UpdatedAt).ToUnixTimeMilliseconds();
}
