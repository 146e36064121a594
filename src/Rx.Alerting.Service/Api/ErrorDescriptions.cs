using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Api;

/// <summary>What failed views have said, by error type: a code alone tells people little. Incidents that are kept have told it.</summary>
public sealed class ErrorDescriptions
{
    private readonly Dictionary<(string? Property, string Type), Incident> latest = [];

    /// <param name="incidents">Those that the reader may see, in any order.</param>
    public ErrorDescriptions(IEnumerable<Incident> incidents)
    {
        foreach (var incident in incidents.Where(one => one.ErrorDescription.Length > 0 && one.ErrorDescription != one.ErrorType))
        {
            Keep(null, incident);
            if (incident.PropertyId is { } property)
                Keep(property, incident);
        }
    }

    public static ErrorDescriptions None { get; } = new([]);

    /// <summary>The latest of the property, or else of any. Null: none is known.</summary>
    public string? Find(string property, string type) =>
        (latest.GetValueOrDefault((property, type)) ?? latest.GetValueOrDefault((null, type)))?.ErrorDescription;

    private void Keep(string? property, Incident incident)
    {
        var key = (property, incident.ErrorType);
        if (!latest.TryGetValue(key, out var other) || IsLater(incident, other))
            latest[key] = incident;
    }

    private static bool IsLater(Incident one, Incident other) => one.UpdatedAt != other.UpdatedAt
        ? one.UpdatedAt > other.UpdatedAt
        : string.CompareOrdinal(one.Id, other.Id) > 0;
}
