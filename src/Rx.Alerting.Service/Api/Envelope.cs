using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Api.Resources;
using Rx.Alerting.Service.Control;

namespace Rx.Alerting.Service.Api;

/// <summary>A page of results.</summary>
/// <param name="Data">The results on the page.</param>
/// <param name="Timeframe">Begin and end of the event time that the answer covers, in seconds since the Unix epoch.</param>
/// <param name="TotalRowCount">Number of results on all pages.</param>
/// <param name="Notice">Why incidents may be missing right now, for people. Absent if none are missing.</param>
internal sealed record PageEnvelope(
    IReadOnlyList<Incident> Data,
    long[] Timeframe,
    int TotalRowCount,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Notice);

/// <summary>One result.</summary>
/// <param name="Data">The result.</param>
/// <param name="Timeframe">When the incident opened, and the time of its latest state, in seconds since the Unix epoch.</param>
/// <param name="OtherOccurrences">The other incidents of the same key that are kept: the latest ones, the latest first.</param>
/// <param name="TotalOtherOccurrences">Number of all other incidents of the same key.</param>
internal sealed record ItemEnvelope(
    Incident Data, long[] Timeframe, IReadOnlyList<Occurrence> OtherOccurrences, int TotalOtherOccurrences);

/// <summary>A page of properties or titles, and their error rates.</summary>
/// <param name="Data">The results on the page.</param>
/// <param name="Timeframe">
/// The earliest of their latest views, and the event time up to which views are counted, in seconds since the Unix epoch.
/// </param>
/// <param name="TotalRowCount">Number of results on all pages.</param>
/// <param name="Notice">Why results may be missing, for people. Absent if none are missing.</param>
internal sealed record KeysEnvelope(
    IReadOnlyList<KeyRow> Data,
    long[] Timeframe,
    int TotalRowCount,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Notice);

/// <summary>The error rates of one property or title.</summary>
/// <inheritdoc cref="KeysEnvelope"/>
internal sealed record RatesEnvelope(
    IReadOnlyList<RateRow> Data,
    long[] Timeframe,
    int TotalRowCount,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Notice);

/// <summary>The API's JSON: the JSON of <see cref="IncidentJson"/> in envelopes.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PageEnvelope))]
[JsonSerializable(typeof(ItemEnvelope))]
[JsonSerializable(typeof(KeysEnvelope))]
[JsonSerializable(typeof(RatesEnvelope))]
[JsonSerializable(typeof(RelatedEnvelope))]
[JsonSerializable(typeof(TimelineEnvelope))]
[JsonSerializable(typeof(ExplanationEnvelope))]
[JsonSerializable(typeof(SilencesEnvelope))]
[JsonSerializable(typeof(SilenceEnvelope))]
[JsonSerializable(typeof(PreviewEnvelope))]
[JsonSerializable(typeof(PipelinesEnvelope))]
[JsonSerializable(typeof(PartitionsEnvelope))]
[JsonSerializable(typeof(NotificationsEnvelope))]
[JsonSerializable(typeof(ChannelsEnvelope))]
[JsonSerializable(typeof(ProblemDocument))]
[JsonSerializable(typeof(ControlReply))]
[JsonSerializable(typeof(string))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    public static ApiJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
