using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Api;

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
    /// <summary>Parts that are shown beneath an incident. The page of the incident has more.</summary>
    public const int MostParts = 10;

    public int Pages => Math.Max(1, (Total + IncidentFilter.OnPage - 1) / IncidentFilter.OnPage);

    internal static IncidentList Of(IncidentBook book, IncidentFilter filter)
    {
        var survey = book.Survey;
        // A part stands alone where its whole is not shown, as what was searched for must be found.
        var tops = book.Kept((filter with { Page = 1 }).Address, () => Array.FindAll(
            book.Orders.By($"page {filter.Sort}", Order(filter.Sort)),
            incident => filter.Matches(incident) && !(survey.Tree.WholeOf(incident) is { } whole && filter.Matches(whole))));
        var pages = Math.Max(1, (tops.Length + IncidentFilter.OnPage - 1) / IncidentFilter.OnPage);
        var page = Math.Min(filter.Page, pages);
        var begin = (page - 1) * IncidentFilter.OnPage;
        return new(
            [.. tops[begin..Math.Min(begin + IncidentFilter.OnPage, tops.Length)].Select(top => Row(top, survey.Tree, filter))],
            filter with { Page = page },
            tops.Length,
            survey.Open,
            survey.OpenParts,
            survey.All,
            survey.CalmSince,
            survey.Properties,
            survey.Errors);
    }

    private static ListRow Row(Incident top, IncidentTree tree, IncidentFilter filter)
    {
        var parts = tree.PartsOf(top).Where(filter.Matches).ToArray();
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
}

/// <summary>An incident with its parts.</summary>
/// <param name="Incident">The whole.</param>
/// <param name="Parts">The first ones.</param>
/// <param name="AllParts">How many there are.</param>
public sealed record ListRow(Incident Incident, IReadOnlyList<Incident> Parts, int AllParts);
