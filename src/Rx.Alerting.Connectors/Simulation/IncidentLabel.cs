using System.Text.Json.Serialization;

namespace Rx.Alerting.Connectors.Simulation;

/// <summary>What an injected incident breaks.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IncidentScope>))]
public enum IncidentScope
{
    /// <summary>A property, or a slice of its views.</summary>
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

    /// <summary>Most views of one network, browser, operating system, player version or stream type fail.</summary>
    [JsonStringEnumMemberName("one_group")] OneGroup,

    /// <summary>Most views that share the values of two or three dimensions fail. They are few, so the incident lasts long.</summary>
    [JsonStringEnumMemberName("combination")] Combination,

    /// <summary>A faulty release reaches the devices over a day. The failures stay until it is fixed.</summary>
    [JsonStringEnumMemberName("slow_leak")] SlowLeak,

    /// <summary>A broken encode: most views of one title fail.</summary>
    [JsonStringEnumMemberName("one_title")] OneTitle,
}

/// <summary>A value that views share.</summary>
/// <param name="Name">The dimension, as Mux names it: for example <c>cdn</c> or <c>operating_system</c>.</param>
/// <param name="Value">The value.</param>
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

    /// <summary>
    /// The slice of the property's views to which the incident is limited, as one to three values. Empty: all views of the property, or of
    /// the title. Records of an access log do not carry most of these dimensions.
    /// </summary>
    public IReadOnlyList<LabelDimension> Slice { get => field ?? []; init; }

    /// <summary>The other slices of at most three values that hold the same views, the shortest first.</summary>
    public IReadOnlyList<IReadOnlyList<LabelDimension>> SameSlices { get => field ?? []; init; }

    /// <summary>
    /// The value whose views always have two to five times the ordinary error rates of the property's other views, with all values that the
    /// same views have. It is true of the property, not of the incident. Empty: there is none.
    /// </summary>
    public IReadOnlyList<LabelDimension> AlwaysWorse { get => field ?? []; init; }

    /// <summary>Event time from which views can be affected.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Event time from which no view is affected any more.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>Largest share of the concerned views that fail because of the incident, 0–1.</summary>
    public double Level { get; init; }

    /// <summary>Share of the property's views that the incident concerns, 0–1.</summary>
    public double TrafficShare { get; init; }

    /// <summary>The property's long-run rate of the error type without incidents, 0–1. 0: it never had that error type.</summary>
    public double NormalRate { get; init; }

    /// <summary>Views of the property from the start to the end.</summary>
    public long Views { get; init; }

    /// <summary>Views that the incident concerns, from the start to the end: those of the slice, or of the title.</summary>
    public long SliceViews { get; init; }

    public required long AffectedViews { get; init; }

    /// <summary>Event times of the first affected views, in Unix milliseconds, in event-time order.</summary>
    public required IReadOnlyList<long> AffectedAt { get; init; }

    /// <summary>Views of the property, or of the title, in the <see cref="Aftermath"/>. Null if nobody counted.</summary>
    public long? ViewsAfter { get; init; }
}
