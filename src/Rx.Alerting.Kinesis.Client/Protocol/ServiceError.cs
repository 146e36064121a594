using System.Text.Json.Serialization;

namespace Amazon.Kinesis.Protocol;

/// <summary>The body of a refusal.</summary>
internal sealed class ServiceError
{
    [JsonPropertyName("__type")]
    public string? Type { get; init; }

    [JsonPropertyName("message")]
    public string? Message { get; init; }

    [JsonPropertyName("Message")]
    public string? CapitalMessage { get; init; }
}
