using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Api;

/// <summary>A page of results.</summary>
/// <param name="Data">The page.</param>
/// <param name="Timeframe">From and to, in seconds since the Unix epoch: the event time that the answer covers.</param>
/// <param name="TotalRowCount">Results on all pages.</param>
/// <param name="Notice">Why incidents may be missing just now, for people; absent where none are.</param>
internal sealed record PageEnvelope(
    IReadOnlyList<Incident> Data,
    long[] Timeframe,
    int TotalRowCount,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Notice);

/// <summary>One result.</summary>
/// <param name="Data">The result.</param>
/// <param name="Timeframe">From and to, in seconds since the Unix epoch: from the incident's opening to its latest state.</param>
internal sealed record ItemEnvelope(Incident Data, long[] Timeframe);

/// <summary>The API's JSON: like <see cref="IncidentJson"/>, in envelopes.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PageEnvelope))]
[JsonSerializable(typeof(ItemEnvelope))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    public static ApiJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
