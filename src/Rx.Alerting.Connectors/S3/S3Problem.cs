using System.Net;
using Amazon.Runtime;
using Rx.Alerting.Core.Dumps;

namespace Rx.Alerting.Connectors.S3;

/// <summary>What the failures of the client mean.</summary>
internal static class S3Problem
{
    public static bool IsKnown(Exception problem) => problem is
        AmazonServiceException or AmazonClientException or HttpRequestException or IOException or OperationCanceledException;

    /// <param name="problem">Is known.</param>
    /// <param name="location">What was asked for.</param>
    /// <param name="options">Whom was asked.</param>
    public static DumpTargetException Of(Exception problem, string location, S3Options options)
    {
        var server = options.Endpoint is { Length: > 0 } endpoint ? $" at {endpoint}" : string.Empty;
        var (what, mayPass) = problem switch
        {
            AmazonServiceException { StatusCode: HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized } refused =>
                ($"refuses ({refused.ErrorCode}: {refused.Message}); look at the credentials and their rights", false),
            AmazonServiceException { ErrorCode: "NoSuchBucket" } => ($"has no bucket {options.Bucket}", false),
            AmazonServiceException { StatusCode: >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests } busy =>
                ($"fails ({(int)busy.StatusCode} {busy.ErrorCode}: {busy.Message})", true),
            AmazonServiceException late when late.StatusCode == HttpStatusCode.RequestTimeout || late.ErrorCode == "RequestTimeout" =>
                ($"is late ({late.Message})", true),
            AmazonServiceException { ErrorCode: "NoSuchUpload" } lost => ($"has dropped the upload ({lost.Message})", true),
            AmazonServiceException { StatusCode: not 0 } other =>
                ($"answers {(int)other.StatusCode} {other.ErrorCode}: {other.Message}", false),
            OperationCanceledException => ("does not answer in time", true),
            _ => ($"does not answer: {(problem.InnerException ?? problem).Message}", true),
        };
        return new DumpTargetException($"{location} cannot be used: S3{server} {what}", mayPass, problem);
    }
}
