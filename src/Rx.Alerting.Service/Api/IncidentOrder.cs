using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Api;

/// <summary>
/// The orders in which incidents can be asked for. A minus before the name reverses an order. Equal incidents are ordered by id, so pages
/// are stable.
/// </summary>
internal static class IncidentOrder
{
    public const string Default = "-started_at";

    private static readonly Dictionary<string, Comparison<Incident>> Orders = new(StringComparer.Ordinal)
    {
        ["started_at"] = (a, b) => a.StartedAt.CompareTo(b.StartedAt),
        ["updated_at"] = (a, b) => a.UpdatedAt.CompareTo(b.UpdatedAt),
        ["resolved_at"] = (a, b) => Nullable.Compare(a.ResolvedAt, b.ResolvedAt),
        ["affected_views"] = (a, b) => a.AffectedViews.CompareTo(b.AffectedViews),
        ["affected_views_per_hour"] = (a, b) => a.AffectedViewsPerHour.CompareTo(b.AffectedViewsPerHour),
        ["measured_value"] = (a, b) => a.MeasuredValue.CompareTo(b.MeasuredValue),
        ["severity"] = (a, b) => a.Severity.CompareTo(b.Severity),
    };

    public static IEnumerable<string> Names => Orders.Keys;

    public static Comparison<Incident>? Find(string name)
    {
        var descending = name.StartsWith('-');
        if (!Orders.TryGetValue(descending ? name[1..] : name, out var order))
            return null;

        return (a, b) => (descending ? order(b, a) : order(a, b)) is not 0 and var decided
            ? decided
            : string.CompareOrdinal(a.Id, b.Id);
    }
}
