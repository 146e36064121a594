using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Access;

namespace Rx.Alerting.Service.Api;

/// <summary>Incidents that have changed together.</summary>
/// <param name="id">The position behind the changes.</param>
/// <param name="change">What has changed.</param>
internal sealed class IncidentEvent(EventId id, BoardChange change)
{
    /// <summary>Made once for all who may see everything.</summary>
    private readonly byte[] whole = Encode(id, change.Incidents, change.Gone);

    /// <summary>The earliest of the changes.</summary>
    private readonly EventId first = change.Positions.Values.Select(EventId.Parse).OfType<EventId>().DefaultIfEmpty(id).Min();

    public EventId Id => id;

    /// <summary>The event as a caller may see it, in UTF-8. Empty: nothing of it.</summary>
    /// <param name="visible">What the caller may see.</param>
    /// <param name="since">
    /// What the caller has. Processes read the board at different moments, so a caller that comes from another one may have a part of the
    /// event. It gets the rest. Null: nothing of it.
    /// </param>
    public ReadOnlyMemory<byte> For(VisibleIncidents visible, EventId? since = null)
    {
        var hasPart = since?.CompareTo(first) >= 0;
        if (visible.AreAll && !hasPart)
            return whole;
        var (changed, gone) = (visible.Shown(change.Incidents), visible.Shown(change.Gone));
        if (hasPart)
            (changed, gone) = (Array.FindAll(changed, IsNews), Array.FindAll(gone, IsNews));
        return changed.Length + gone.Length > 0 ? Encode(id, changed, gone) : default;

        bool IsNews(Incident incident) =>
            EventId.Parse(change.Positions.GetValueOrDefault(incident.Id)) is not { } at || at.CompareTo(since!.Value) > 0;
    }

    /// <summary>An event as it is sent.</summary>
    /// <param name="id">Whoever has the event has everything up to there.</param>
    /// <param name="name">The event's name.</param>
    /// <param name="json">One line.</param>
    public static byte[] Encode(EventId id, string name, string json) =>
        Encoding.UTF8.GetBytes($"id: {id}\nevent: {name}\ndata: {json}\n\n");

    private static byte[] Encode(EventId id, IReadOnlyList<Incident> changed, IReadOnlyList<Incident> gone)
    {
        var content = new EventContent([.. changed.Select(ChangedIncident.Of)], [.. gone.Select(incident => incident.Id)]);
        return Encode(id, "incidents", JsonSerializer.Serialize(content, EventJson.Default.EventContent));
    }
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
