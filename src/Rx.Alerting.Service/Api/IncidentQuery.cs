using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Api;

/// <summary>The parameters of <c>GET /api/v1/incidents</c>.</summary>
internal sealed record IncidentQuery
{
    /// <summary>The statuses of the incidents. Empty means all statuses.</summary>
    public IReadOnlySet<IncidentStatus> Statuses { get; private init; } = new HashSet<IncidentStatus>();

    /// <summary>The <see cref="Incident.IncidentKey"/> of the incidents. Null means all keys.</summary>
    public string? IncidentKey { get; private init; }

    /// <summary>Whether all that match are asked for, as a table.</summary>
    public bool IsCsv { get; private init; }

    public required int Limit { get; init; }

    public required int Page { get; init; }

    /// <summary>One of <see cref="IncidentOrder.Names"/>, perhaps with a minus.</summary>
    public required string Order { get; init; }

    /// <summary>Parses the parameters.</summary>
    /// <param name="query">The query of the request.</param>
    /// <param name="faults">What is wrong, for each wrong parameter.</param>
    /// <returns>Null if a parameter is wrong.</returns>
    public static IncidentQuery? Parse(IQueryCollection query, out Dictionary<string, string[]> faults)
    {
        var reader = new QueryReader(query, "status", "incident_key", "limit", "page", "order_by", "format");
        var statuses = new HashSet<IncidentStatus>();
        foreach (var status in reader.All("status"))
        {
            if (Enum.GetValues<IncidentStatus>().Where(known => Name(known) == status).ToArray() is [var known])
                statuses.Add(known);
            else
                reader.Fault("status", "must be open, closed or expired; may be repeated");
        }

        var order = query.TryGetValue("order_by", out var asked) ? asked.ToString() : IncidentOrder.Default;
        if (IncidentOrder.Find(order) is null)
        {
            var names = string.Join(", ", IncidentOrder.Names);
            reader.Fault("order_by", $"must be one of {names}, with a minus in front for descending order");
        }

        var (limit, page) = reader.Paging();
        var parsed = new IncidentQuery
        {
            Statuses = statuses,
            IncidentKey = reader.Text("incident_key", "the incident_key of an incident"),
            IsCsv = reader.IsCsv(),
            Limit = limit,
            Page = page,
            Order = order,
        };
        faults = reader.Faults;
        return faults.Count == 0 ? parsed : null;
    }

    /// <summary>The page of the matching incidents, in order, and the number of matching incidents.</summary>
    /// <param name="incidents">Of the key that is asked for; else all incidents.</param>
    public (Incident[] Page, int Total) Select(IncidentBook incidents)
    {
        var matching = SelectAll(incidents);
        var skipped = (int)Math.Min((Page - 1L) * Limit, matching.Length);
        return (matching[skipped..Math.Min(skipped + Limit, matching.Length)], matching.Length);
    }

    /// <summary>The matching incidents, in order.</summary>
    /// <inheritdoc cref="Select"/>
    public Incident[] SelectAll(IncidentBook incidents)
    {
        var sorted = incidents.Orders.By(Order, IncidentOrder.Find(Order)!);
        return Statuses.Count == 0
            ? sorted
            : incidents.Kept(
                $"{Order} {string.Join(' ', Statuses.Order())}",
                () => Array.FindAll(sorted, incident => Statuses.Contains(incident.Status)));
    }

    private static string Name(IncidentStatus status) => status switch
    {
        IncidentStatus.Open => "open",
        IncidentStatus.Closed => "closed",
        _ => "expired",
    };
}
