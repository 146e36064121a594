using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Api;

/// <summary>Incidents that have changed together.</summary>
/// <param name="Id">The position behind the changes.</param>
/// <param name="Changed">New and changed incidents, in short.</param>
/// <param name="Gone">Ids of incidents that are not kept any more.</param>
/// <param name="Bytes">As it is sent, in UTF-8: made once for all who listen.</param>
internal sealed record IncidentEvent(
    EventId Id, IReadOnlyList<ChangedIncident> Changed, IReadOnlyList<string> Gone, ReadOnlyMemory<byte> Bytes)
{
    public static IncidentEvent Of(EventId id, BoardChange change)
    {
        var changed = change.Incidents.Select(ChangedIncident.Of).ToList();
        var json = JsonSerializer.Serialize(new(changed, change.Gone), EventJson.Default.EventContent);
        return new(id, changed, change.Gone, Encode(id, "incidents", json));
    }

    /// <summary>An event as it is sent.</summary>
    /// <param name="id">Whoever has the event has everything up to there.</param>
    /// <param name="name">The event's name.</param>
    /// <param name="json">One line.</param>
    public static byte[] Encode(EventId id, string name, string json) =>
        Encoding.UTF8.GetBytes($"id: {id}\nevent: {name}\ndata: {json}\n\n");
}

/// <summary>A changed incident, in short.</summary>
/// <param name="Id">The incident.</param>
/// <param name="Status">Its status now.</param>
/// <param name="Severity">Its severity now.</param>
/// <param name="Level">What it is about.</param>
/// <param name="PropertyId">Null for an incident of the platform.</param>
/// <param name="ParentId">The incident that it is part of; may be null.</param>
/// <param name="StartedAt">Event time.</param>
/// <param name="UpdatedAt">Event time.</param>
internal sealed record ChangedIncident(
    string Id,
    IncidentStatus Status,
    IncidentSeverity Severity,
    IncidentLevel Level,
    string? PropertyId,
    string? ParentId,
    DateTimeOffset StartedAt,
    DateTimeOffset UpdatedAt)
{
    public static ChangedIncident Of(Incident incident) => new(
        incident.Id,
        incident.Status,
        incident.Severity,
        incident.Level,
        incident.PropertyId,
        incident.ParentId,
        incident.StartedAt,
        incident.UpdatedAt);
}

internal sealed record EventContent(IReadOnlyList<ChangedIncident> Changed, IReadOnlyList<string> Gone);

/// <summary>JSON in one line, as an event has it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(EventContent))]
internal sealed partial class EventJson : JsonSerializerContext;
