using System.Net;
using Amazon.Runtime;

namespace Amazon.Kinesis;

/// <summary>The service refused a call. <see cref="AmazonServiceException.ErrorCode"/> says why.</summary>
public class AmazonKinesisException : AmazonServiceException
{
    public AmazonKinesisException(string message)
        : base(message)
    {
    }

    public AmazonKinesisException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
