using System.Globalization;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Api;

/// <summary>The parameters of <c>GET /api/v1/incidents</c>.</summary>
internal sealed record IncidentQuery
{
    public const int MaximumLimit = 100;

    private static readonly string[] Known = ["status", "incident_key", "limit", "page", "order_by"];

    /// <summary>The statuses of the incidents. Empty means all statuses.</summary>
    public IReadOnlySet<IncidentStatus> Statuses { get; private init; } = new HashSet<IncidentStatus>();

    /// <summary>The <see cref="Incident.IncidentKey"/> of the incidents. Null means all keys.</summary>
    public string? IncidentKey { get; private init; }

    public int Limit { get; private init; } = 25;

    public int Page { get; private init; } = 1;

    public Comparison<Incident> Order { get; private init; } = IncidentOrder.Find(IncidentOrder.Default)!;

    /// <summary>Parses the parameters.</summary>
    /// <param name="query">The query of the request.</param>
    /// <param name="faults">What is wrong, for each wrong parameter.</param>
    /// <returns>Null if a parameter is wrong.</returns>
    public static IncidentQuery? Parse(IQueryCollection query, out Dictionary<string, string[]> faults)
    {
        faults = query.Keys.Except(Known)
            .ToDictionary(unknown => unknown, _ => new[] { $"is not a parameter; there are {string.Join(", ", Known)}" });

        var statuses = new HashSet<IncidentStatus>();
        foreach (var status in query["status"])
        {
            if (Enum.GetValues<IncidentStatus>().Where(known => Name(known) == status).ToArray() is [var known])
                statuses.Add(known);
            else
                faults["status"] = ["must be open, closed or expired; may be repeated"];
        }

        var keys = query["incident_key"];
        if (keys is not [] and not [{ Length: > 0 }])
            faults["incident_key"] = ["must be the incident_key of an incident, once"];

        var order = IncidentOrder.Find(query.TryGetValue("order_by", out var names) ? names.ToString() : IncidentOrder.Default);
        if (order is null)
            faults["order_by"] = [$"must be one of {string.Join(", ", IncidentOrder.Names)}, with a minus in front for descending order"];

        var parsed = new IncidentQuery
        {
            Statuses = statuses,
            IncidentKey = keys is [var key] ? key : null,
            Limit = Number(query, "limit", 25, MaximumLimit, faults),
            Page = Number(query, "page", 1, int.MaxValue, faults),
            Order = order ?? ((_, _) => 0),
        };
        return faults.Count == 0 ? parsed : null;
    }

    /// <summary>The page of the matching incidents, in order, and the number of matching incidents.</summary>
    /// <param name="incidents">Of the key that is asked for; else all incidents.</param>
    public (Incident[] Page, int Total) Select(Incident[] incidents)
    {
        var matching = Statuses.Count == 0 ? incidents : Array.FindAll(incidents, incident => Statuses.Contains(incident.Status));
        Array.Sort(matching, Order);
        var skipped = (int)Math.Min((Page - 1L) * Limit, matching.Length);
        return (matching[skipped..Math.Min(skipped + Limit, matching.Length)], matching.Length);
    }

    private static int Number(IQueryCollection query, string name, int otherwise, int maximum, Dictionary<string, string[]> faults)
    {
        if (!query.TryGetValue(name, out var values))
            return otherwise;
        if (values is [var text]
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= 1
            && number <= maximum)
        {
            return number;
        }

        faults[name] = [maximum == int.MaxValue ? "must be a whole number from 1" : $"must be a whole number from 1 to {maximum}"];
        return otherwise;
    }

    private static string Name(IncidentStatus status) => status switch
    {
        IncidentStatus.Open => "open",
        IncidentStatus.Closed => "closed",
        _ => "expired",
    };
}
