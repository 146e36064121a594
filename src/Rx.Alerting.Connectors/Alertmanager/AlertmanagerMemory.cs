using System.Text.Json;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Connectors.Alertmanager;

/// <summary>What Alertmanager was told of an incident: the reference of a notification holds it for each of its incidents.</summary>
/// <param name="Severity">The severity, which is part of the alert's identity.</param>
/// <param name="EndedAt">When it was told to have ended (s since the Unix epoch). Null: it has not.</param>
internal sealed record AlertmanagerMemory(IncidentSeverity Severity, long? EndedAt)
{
    /// <summary>By the incident's id. Empty where the reference is not one of this notifier's.</summary>
    public static IReadOnlyDictionary<string, AlertmanagerMemory> Parse(string? reference)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, AlertmanagerMemory>>(reference ?? "{}") ?? [];
        }
        catch (JsonException)
        {
            return new Dictionary<string, AlertmanagerMemory>();
        }
    }

    public static string Format(IReadOnlyDictionary<string, AlertmanagerMemory> memories) => JsonSerializer.Serialize(memories);
}
