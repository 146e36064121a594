using Amazon.Kinesis.Model;
using Amazon.Runtime;

namespace Rx.Alerting.Connectors.Kinesis.Reading;

internal enum FailureKind
{
    /// <summary>Too many calls; slower ones will be answered.</summary>
    Throttled,

    /// <summary>The service or the network has failed; it may work again by itself.</summary>
    Passing,

    /// <summary>The client could not send the call, mostly for want of credentials; if it had them before, it may have them again.</summary>
    Unsent,

    /// <summary>The same call will never be answered.</summary>
    Final,
}

/// <summary>What the failures of calls mean.</summary>
internal static class Failures
{
    private static readonly string[] ThrottlingCodes = ["ThrottlingException", "Throttling", "RequestLimitExceeded", "TooManyRequestsException", "KMSThrottlingException"];

    /// <summary>Failures that whoever called has an answer to.</summary>
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

    /// <summary>A refusal that nobody had an answer to, so that a person can do something; anything else as it is.</summary>
    internal static Exception ForPeople(string stream, Exception failure) =>
        failure is AmazonServiceException ? Final(stream, "reading", failure) : failure;

    /// <summary>What a person can do about a failure that stays.</summary>
    internal static KinesisSourceException Final(string stream, string operation, Exception failure) => failure switch
    {
        ResourceNotFoundException => new(
            $"Stream {stream} does not exist in this region and account, or was deleted. Check Kinesis:StreamName, Kinesis:Region and Kinesis:ServiceUrl",
            failure),
        AmazonServiceException service => new(
            $"Stream {stream}: {operation} was refused with {service.ErrorCode}: {service.Message}. Check the credentials and their rights", failure),
        _ => new($"Stream {stream}: {operation} cannot be called: {failure.Message}", failure),
    };
}
