using Amazon.Kinesis.Model;
using Amazon.Runtime;

namespace Rx.Alerting.Connectors.Kinesis.Reading;

internal enum FailureKind
{
    /// <summary>There are too many calls. Slower calls will be answered.</summary>
    Throttled,

    /// <summary>The service or the network has failed. A retry may succeed.</summary>
    Passing,

    /// <summary>
    /// The client could not send the call, mostly for want of credentials. If it had credentials before, a retry may succeed.
    /// </summary>
    Unsent,

    /// <summary>The same call will never be answered.</summary>
    Final,
}

/// <summary>Sorts the failures of calls by what can be done about them.</summary>
internal static class Failures
{
    private static readonly string[] ThrottlingCodes =
    [
        "ThrottlingException", "Throttling", "RequestLimitExceeded", "TooManyRequestsException", "KMSThrottlingException",
    ];

    /// <summary>Whether the caller handles this failure itself, so that it must not be retried.</summary>
    internal static bool IsForCaller(Exception failure) =>
        failure is ExpiredIteratorException or ExpiredNextTokenException or InvalidArgumentException or KinesisSourceException;

    internal static FailureKind KindOf(Exception failure) => failure switch
    {
        ProvisionedThroughputExceededException or LimitExceededException => FailureKind.Throttled,
        AmazonServiceException service when ThrottlingCodes.Contains(service.ErrorCode, StringComparer.Ordinal) => FailureKind.Throttled,
        ResourceInUseException or AmazonUnmarshallingException => FailureKind.Passing,
        AmazonServiceException service => (int)service.StatusCode is 0 or >= 500 ? FailureKind.Passing : FailureKind.Final,
        AmazonClientException or ProcessAWSCredentialException => FailureKind.Unsent,
        HttpRequestException or IOException or OperationCanceledException or TimeoutException => FailureKind.Passing,
        _ => FailureKind.Final,
    };

    /// <summary>Turns a refusal by the service into a message that says what to do. Gives any other failure as it is.</summary>
    internal static Exception ForPeople(string stream, Exception failure) =>
        failure is AmazonServiceException ? Final(stream, "reading", failure) : failure;

    /// <summary>Says what a person can do about a failure that will not pass.</summary>
    internal static KinesisSourceException Final(string stream, string operation, Exception failure) => failure switch
    {
        ResourceNotFoundException => new(
            $"Stream {stream} does not exist in this region and account, or was deleted. "
            + "Check Kinesis:StreamName, Kinesis:Region and Kinesis:ServiceUrl",
            failure),
        AmazonServiceException service => new(
            $"Stream {stream}: {operation} was refused with {service.ErrorCode}: {service.Message}. "
            + "Check the credentials and their rights",
            failure),
        _ => new($"Stream {stream}: {operation} cannot be called: {failure.Message}", failure),
    };
}
