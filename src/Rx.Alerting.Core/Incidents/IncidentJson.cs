using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rx.Alerting.Core.Incidents;

/// <summary>How incidents are written as JSON everywhere: snake case, nulls kept, readable letters.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Incident))]
[JsonSerializable(typeof(IncidentChange))]
public sealed partial class IncidentJson : JsonSerializerContext
{
    /// <summary>The context to use; writes non-ASCII letters as they are.</summary>
    public static IncidentJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
