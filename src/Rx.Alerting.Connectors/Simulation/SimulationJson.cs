using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rx.Alerting.Connectors.Framing;

namespace Rx.Alerting.Connectors.Simulation;

/// <summary>How labels and options are written as JSON: snake case, readable letters.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IncidentLabel))]
[JsonSerializable(typeof(SimulationOptions))]
internal sealed partial class SimulationJson : JsonSerializerContext
{
    public static SimulationJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter<RecordFormat>(JsonNamingPolicy.KebabCaseLower) },
    });
}
