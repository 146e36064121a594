using System.Collections.Concurrent;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Pages;

namespace Rx.Alerting.Service.Api;

/// <summary>
/// Incidents at one moment, and what lists need to know of all of them. It is worked out once, when it is first asked for: requests are
/// far more frequent than changes. Thread-safe.
/// </summary>
/// <param name="all">In no particular order. They do not change.</param>
/// <param name="earlier">The incidents a moment ago, in the orders that somebody has asked for.</param>
internal sealed class IncidentBook(Incident[] all, SortedIncidents? earlier = null)
{
    /// <summary>More are worked out and forgotten: a question is what somebody types.</summary>
    private const int MostKept = 200;

    private readonly ConcurrentDictionary<string, Lazy<Incident[]>> kept = new(StringComparer.Ordinal);
    private readonly Lazy<IncidentSurvey> survey = new(() => IncidentSurvey.Of(all));
    private readonly Lazy<ErrorDescriptions> descriptions = new(() => new(all));
    private readonly Lazy<DateTimeOffset?> earliest = new(() => all.Min(incident => (DateTimeOffset?)incident.StartedAt));

    private readonly Lazy<ILookup<string?, Incident>> byParent = new(
        () => all.Where(incident => incident.ParentId is not null).ToLookup(incident => incident.ParentId));
    private readonly Lazy<Dictionary<string, int>> openOfProperties = new(
        () => all.Where(incident => incident is { Status: IncidentStatus.Open, PropertyId: not null })
            .CountBy(incident => incident.PropertyId!).ToDictionary(StringComparer.Ordinal));

    /// <summary>In no particular order.</summary>
    public Incident[] All => all;

    /// <summary>How many incidents are open, by property.</summary>
    public IReadOnlyDictionary<string, int> OpenOfProperties => openOfProperties.Value;

    /// <summary>What their error types mean.</summary>
    public ErrorDescriptions Descriptions => descriptions.Value;

    /// <summary>Those that have this parent, in no particular order.</summary>
    public IEnumerable<Incident> PartsOf(string id) => byParent.Value[id];

    /// <summary>When the first of them began. Null: there is none.</summary>
    public DateTimeOffset? Earliest => earliest.Value;

    /// <summary>What pages say of all of them.</summary>
    public IncidentSurvey Survey => survey.Value;

    /// <summary>All of them in the orders that somebody has asked for.</summary>
    public SortedIncidents Orders { get; } = new(all, earlier);

    /// <summary>Some of them in an order, for everybody who asks the same. The array is shared.</summary>
    /// <param name="name">Names the question.</param>
    /// <param name="find">Answers it.</param>
    public Incident[] Kept(string name, Func<Incident[]> find)
    {
        if (kept.TryGetValue(name, out var known))
            return known.Value;
        return kept.Count < MostKept ? kept.GetOrAdd(name, _ => new Lazy<Incident[]>(find)).Value : find();
    }
}

/// <summary>Has the book of the board for all who may see everything.</summary>
internal sealed class IncidentBooks
{
    private volatile IncidentBook? latest;

    /// <summary>The book of what a caller may see.</summary>
    public IncidentBook Of(VisibleIncidents visible)
    {
        var all = visible.Snapshot();
        if (!visible.AreAll)
            return new(all);
        if (latest is { } book && book.All == all)
            return book;
        return latest = new(all, latest?.Orders);
    }
}
