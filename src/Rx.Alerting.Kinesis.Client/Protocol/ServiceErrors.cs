using System.Net;
using System.Text.Json;
using Amazon.Kinesis.Model;
using Amazon.Runtime;

namespace Amazon.Kinesis.Protocol;

/// <summary>The body of a refusal to an exception of its kind.</summary>
internal static class ServiceErrors
{
    internal static AmazonKinesisException Of(ReadOnlySpan<byte> body, Exception? inner, string? requestId, HttpStatusCode status)
    {
        var error = Parse(body);
        // Some servers put the namespace in front of the name, some an address behind it.
        var code = (error?.Type ?? status.ToString()).Split('#')[^1].Split(':')[0];
        var message = error?.Message ?? error?.CapitalMessage ?? string.Empty;
        var side = (int)status >= 500 ? ErrorType.Receiver : ErrorType.Sender;
        return code switch
        {
            nameof(ExpiredIteratorException) => new ExpiredIteratorException(message, inner, side, code, requestId, status),
            nameof(ExpiredNextTokenException) => new ExpiredNextTokenException(message, inner, side, code, requestId, status),
            nameof(InvalidArgumentException) => new InvalidArgumentException(message, inner, side, code, requestId, status),
            nameof(LimitExceededException) => new LimitExceededException(message, inner, side, code, requestId, status),
            nameof(ProvisionedThroughputExceededException) =>
                new ProvisionedThroughputExceededException(message, inner, side, code, requestId, status),
            nameof(ResourceInUseException) => new ResourceInUseException(message, inner, side, code, requestId, status),
            nameof(ResourceNotFoundException) => new ResourceNotFoundException(message, inner, side, code, requestId, status),
            _ => new AmazonKinesisException(message, inner, side, code, requestId, status),
        };
    }

    private static ServiceError? Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            return body.IsEmpty ? null : JsonSerializer.Deserialize<ServiceError>(body);
        }
        catch (JsonException)
        {
            // A proxy's page, say; the status is all that is known.
            return null;
        }
    }
}
