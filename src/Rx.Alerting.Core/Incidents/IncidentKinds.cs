using System.Text.Json.Serialization;

namespace Rx.Alerting.Core.Incidents;

/// <summary>Whether an incident goes on.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IncidentStatus>))]
public enum IncidentStatus
{
    /// <summary>It goes on.</summary>
    [JsonStringEnumMemberName("open")] Open,

    /// <summary>The latest views were calm, or the level was accepted as normal.</summary>
    [JsonStringEnumMemberName("closed")] Closed,

    /// <summary>The property or title had no view for long.</summary>
    [JsonStringEnumMemberName("expired")] Expired,
}

/// <summary>How much an incident matters.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IncidentSeverity>))]
public enum IncidentSeverity
{
    /// <summary>Significant, and of little impact so far.</summary>
    [JsonStringEnumMemberName("warning")] Warning,

    /// <summary>Many affected views, and many an hour.</summary>
    [JsonStringEnumMemberName("alert")] Alert,
}

/// <summary>What made the state of an incident change.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IncidentTransition>))]
public enum IncidentTransition
{
    /// <summary>An anomaly was found.</summary>
    [JsonStringEnumMemberName("opened")] Opened,

    /// <summary>Something changed that people should know: <see cref="IncidentReason"/> says what.</summary>
    [JsonStringEnumMemberName("updated")] Updated,

    /// <inheritdoc cref="IncidentStatus.Closed"/>
    [JsonStringEnumMemberName("closed")] Closed,

    /// <inheritdoc cref="IncidentStatus.Expired"/>
    [JsonStringEnumMemberName("expired")] Expired,

    /// <summary>The same broke again soon after its incident had ended.</summary>
    [JsonStringEnumMemberName("reopened")] Reopened,

    /// <summary>It goes on, and nothing has changed but its figures. Pages and programs see it, people are not told.</summary>
    [JsonStringEnumMemberName("refreshed")] Refreshed,
}

/// <summary>What an incident is about.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IncidentLevel>))]
public enum IncidentLevel
{
    /// <summary>A title of a property.</summary>
    [JsonStringEnumMemberName("title")] Title,

    /// <summary>A property, or several of its titles.</summary>
    [JsonStringEnumMemberName("property")] Property,

    /// <summary>Many properties at once.</summary>
    [JsonStringEnumMemberName("platform")] Platform,
}
