using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Pages;

/// <summary>A page of the list: incidents with their parts beneath them.</summary>
/// <param name="Rows">In order.</param>
/// <param name="Filter">What was asked for; its page is one that there is.</param>
/// <param name="Total">Incidents on all pages, without parts.</param>
/// <param name="Open">Open incidents in all, without parts, whatever is asked for.</param>
/// <param name="OpenParts">Open parts of these.</param>
/// <param name="All">All incidents that are kept, without parts.</param>
/// <param name="CalmSince">Event time of the latest end of an incident. Null: there is none.</param>
/// <param name="Properties">Properties with incidents, to choose from.</param>
/// <param name="Errors">Error types with incidents, to choose from.</param>
public sealed record IncidentList(
    IReadOnlyList<ListRow> Rows,
    IncidentFilter Filter,
    int Total,
    int Open,
    int OpenParts,
    int All,
    DateTimeOffset? CalmSince,
    IReadOnlyList<string> Properties,
    IReadOnlyList<string> Errors)
{
    private const int MostChoices = 100;

    /// <summary>Parts that are shown beneath an incident. The page of the incident has more.</summary>
    public const int MostParts = 10;

    public int Pages => Math.Max(1, (Total + IncidentFilter.OnPage - 1) / IncidentFilter.OnPage);

    public static IncidentList Of(Incident[] all, IncidentFilter filter)
    {
        var tree = new IncidentTree(all);
        var matching = Array.FindAll(all, filter.Matches);
        // A part stands alone where its whole is not shown, as what was searched for must be found.
        var shown = matching.Select(incident => incident.Id).ToHashSet(StringComparer.Ordinal);
        var tops = Array.FindAll(matching, incident => tree.WholeOf(incident) is not { } whole || !shown.Contains(whole.Id));
        Array.Sort(tops, Order(filter.Sort));
        var pages = Math.Max(1, (tops.Length + IncidentFilter.OnPage - 1) / IncidentFilter.OnPage);
        var page = Math.Min(filter.Page, pages);
        var begin = (page - 1) * IncidentFilter.OnPage;
        var rows = tops[begin..Math.Min(begin + IncidentFilter.OnPage, tops.Length)].Select(top => Row(top, tree, shown)).ToList();
        var whole = Array.FindAll(all, incident => tree.WholeOf(incident) is null);
        var open = whole.Count(incident => incident.Status == IncidentStatus.Open);
        return new(
            rows,
            filter with { Page = page },
            tops.Length,
            open,
            all.Count(incident => incident.Status == IncidentStatus.Open) - open,
            whole.Length,
            all.Max(incident => incident.ResolvedAt),
            Choices(all.Select(incident => incident.PropertyId).OfType<string>()),
            Choices(all.Select(incident => incident.ErrorType)));
    }

    private static ListRow Row(Incident top, IncidentTree tree, HashSet<string> shown)
    {
        var parts = tree.PartsOf(top).Where(part => shown.Contains(part.Id)).ToArray();
        Array.Sort(parts, Order(IncidentSort.Severity));
        return new(top, [.. parts.Take(MostParts)], parts.Length);
    }

    internal static Comparison<Incident> Order(IncidentSort sort) => (a, b) =>
    {
        var order = sort switch
        {
            IncidentSort.Newest => b.StartedAt.CompareTo(a.StartedAt),
            IncidentSort.Oldest => a.StartedAt.CompareTo(b.StartedAt),
            IncidentSort.Views => b.AffectedViews.CompareTo(a.AffectedViews),
            IncidentSort.Impact => b.AffectedViewsPerHour.CompareTo(a.AffectedViewsPerHour),
            IncidentSort.Rate => IncidentWords.WorstRate(b).CompareTo(IncidentWords.WorstRate(a)),
            _ => Urgency(a, b),
        };
        return order != 0 ? order : string.CompareOrdinal(a.Id, b.Id);
    };

    private static int Urgency(Incident a, Incident b)
    {
        var (isOpen, other) = (a.Status == IncidentStatus.Open, b.Status == IncidentStatus.Open);
        if (isOpen != other)
            return isOpen ? -1 : 1;
        if (!isOpen)
            return Nullable.Compare(b.ResolvedAt, a.ResolvedAt);
        return b.Severity.CompareTo(a.Severity) is not 0 and var severity
            ? severity
            : b.AffectedViewsPerHour.CompareTo(a.AffectedViewsPerHour);
    }

    private static string[] Choices(IEnumerable<string> values) =>
        [.. values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MostChoices)];
}

/// <summary>An incident with its parts.</summary>
/// <param name="Incident">The whole.</param>
/// <param name="Parts">The first ones.</param>
/// <param name="AllParts">How many there are.</param>
public sealed record ListRow(Incident Incident, IReadOnlyList<Incident> Parts, int AllParts);
