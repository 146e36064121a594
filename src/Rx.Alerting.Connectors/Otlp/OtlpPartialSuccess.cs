using System.Text;
using System.Text.Json;

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
        var response = new ProtobufFields(answer);
        while (response.TryRead())
        {
            if (response is not { Field: PartialSuccess, HasBytes: true })
                continue;
            var part = new ProtobufFields(response.Bytes);
            while (part.TryRead())
            {
                found = part switch
                {
                    { Field: RejectedItems, HasBytes: false } => found with { Rejected = (long)part.Number },
                    { Field: ErrorMessage, HasBytes: true } => found with { Message = Encoding.UTF8.GetString(part.Bytes) },
                    _ => found,
                };
            }

            if (!part.IsWhole)
                return null;
        }

        return response.IsWhole ? found : null;
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
