using System.Text;
using System.Text.Json;
using Rx.Alerting.Core.Views.Mux;

namespace Rx.Alerting.Connectors.Otlp;

/// <summary>
/// What a collector answers to an export that it has taken: <c>partial_success</c> of the responses in
/// https://github.com/open-telemetry/opentelemetry-proto. An empty answer has rejected nothing.
/// </summary>
/// <param name="Rejected">Spans or points of metrics that the collector has not taken.</param>
/// <param name="Message">Why; with nothing rejected, a warning. Empty: nothing is said.</param>
internal readonly record struct OtlpPartialSuccess(long Rejected, string Message)
{
    private const int PartialSuccess = 1, RejectedItems = 1, ErrorMessage = 2;

    /// <summary>Null: it is no such answer.</summary>
    public static OtlpPartialSuccess? OfProtobuf(ReadOnlySpan<byte> answer)
    {
        var found = new OtlpPartialSuccess(0, string.Empty);
        var response = new ProtobufReader(answer);
        while (!response.AtEnd)
        {
            if (!response.TryRead())
                return null;
            if (response is not { Field: PartialSuccess, Type: WireType.Bytes })
                continue;
            var part = new ProtobufReader(response.Bytes);
            while (!part.AtEnd)
            {
                if (!part.TryRead())
                    return null;
                found = part switch
                {
                    { Field: RejectedItems, Type: WireType.Varint } => found with { Rejected = (long)part.Value },
                    { Field: ErrorMessage, Type: WireType.Bytes } => found with { Message = Encoding.UTF8.GetString(part.Bytes) },
                    _ => found,
                };
            }
        }

        return found;
    }

    /// <summary>The same in JSON, which some collectors answer whatever they are sent. Null: it is no such answer.</summary>
    public static OtlpPartialSuccess? OfJson(ReadOnlyMemory<byte> answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                return null;
            if (!json.RootElement.TryGetProperty("partialSuccess", out var part) || part.ValueKind != JsonValueKind.Object)
                return new(0, string.Empty);
            var rejected = new[] { "rejectedSpans", "rejectedDataPoints" }.Sum(name =>
                part.TryGetProperty(name, out var number) && long.TryParse(number.ToString(), out var count) ? count : 0);
            return new(rejected, part.TryGetProperty("errorMessage", out var message) ? message.ToString() : string.Empty);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
