using System.Text.Json.Serialization;

namespace Rx.Alerting.Connectors.Simulation;

/// <summary>What an injected incident breaks.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IncidentScope>))]
public enum IncidentScope
{
    /// <summary>A property, or the part of its views that share a CDN or a country.</summary>
    [JsonStringEnumMemberName("property")] Property,

    /// <summary>A single title.</summary>
    [JsonStringEnumMemberName("title")] Title,
}

/// <summary>How an injected incident unfolds.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IncidentShape>))]
public enum IncidentShape
{
    /// <summary>A service that playback needs is down for part of the views. The failure begins and ends suddenly.</summary>
    [JsonStringEnumMemberName("step")] Step,

    /// <summary>A service is overloaded: failures grow over about an hour to a high level, then the service recovers.</summary>
    [JsonStringEnumMemberName("ramp")] Ramp,

    /// <summary>A failover, a bad deployment rolled back: short and sharp.</summary>
    [JsonStringEnumMemberName("blip")] Blip,

    /// <summary>Every view fails.</summary>
    [JsonStringEnumMemberName("whole_property")] WholeProperty,

    /// <summary>Most views through one CDN fail.</summary>
    [JsonStringEnumMemberName("one_cdn")] OneCdn,

    /// <summary>Most views of one country fail.</summary>
    [JsonStringEnumMemberName("one_country")] OneCountry,

    /// <summary>A faulty release reaches the devices over a day. The failures stay until it is fixed.</summary>
    [JsonStringEnumMemberName("slow_leak")] SlowLeak,

    /// <summary>A broken encode: most views of one title fail.</summary>
    [JsonStringEnumMemberName("one_title")] OneTitle,
}

/// <summary>The part of a property's views to which an incident is limited.</summary>
/// <param name="Name"><c>cdn</c> or <c>country</c>.</param>
/// <param name="Value">The value that the views share.</param>
public sealed record LabelDimension(string Name, string Value);

/// <summary>The truth about one injected incident. An affected view is a view that would not have failed without the incident.</summary>
public sealed record IncidentLabel
{
    /// <summary>How many event times <see cref="AffectedAt"/> holds at most.</summary>
    public const int MaximumAffectedAt = 500;

    /// <summary>How long after the end <see cref="ViewsAfter"/> counts.</summary>
    public static TimeSpan Aftermath { get; } = TimeSpan.FromHours(2);

    public required string Id { get; init; }

    public required IncidentScope Kind { get; init; }

    public required IncidentShape Shape { get; init; }

    public required string PropertyId { get; init; }

    /// <summary>The title; null unless <see cref="Kind"/> is <see cref="IncidentScope.Title"/>.</summary>
    public string? VideoId { get; init; }

    public required string ErrorType { get; init; }

    public LabelDimension? Dimension { get; init; }

    /// <summary>Event time from which views can be affected.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Event time from which no view is affected any more.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>Largest share of the concerned views that fail because of the incident, 0–1.</summary>
    public double Level { get; init; }

    /// <summary>Share of the property's views that the incident concerns, 0–1.</summary>
    public double TrafficShare { get; init; }

    public required long AffectedViews { get; init; }

    /// <summary>Event times of the first affected views, in Unix milliseconds, in event-time order.</summary>
    public required IReadOnlyList<long> AffectedAt { get; init; }

    /// <summary>Views of the property, or of the title, in the <see cref="Aftermath"/>. Null if nobody counted.</summary>
    public long? ViewsAfter { get; init; }
}
