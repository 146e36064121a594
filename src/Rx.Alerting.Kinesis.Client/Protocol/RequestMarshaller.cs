using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Amazon.Kinesis.Protocol;

/// <summary>A request as AWS JSON 1.1: its properties under their own names, nulls left out.</summary>
internal sealed class RequestMarshaller(string operation) : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var request = new DefaultRequest(input, "Amazon.Kinesis")
        {
            HttpMethod = "POST",
            ResourcePath = "/",
            Content = JsonSerializer.SerializeToUtf8Bytes(input, input.GetType(), ModelJson.Options),
        };
        request.Headers["X-Amz-Target"] = "Kinesis_20131202." + operation;
        request.Headers["Content-Type"] = "application/x-amz-json-1.1";
        return request;
    }
}
