using System.Net;
using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>The stream is being changed.</summary>
public sealed class ResourceInUseException : AmazonKinesisException
{
    public ResourceInUseException(string message)
        : base(message)
    {
    }

    public ResourceInUseException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
