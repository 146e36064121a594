using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rx.Alerting.Connectors.Framing;

namespace Rx.Alerting.Connectors.Simulation;

/// <summary>Writes labels and options as JSON: in snake case, with letters that are not escaped.</summary>
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
