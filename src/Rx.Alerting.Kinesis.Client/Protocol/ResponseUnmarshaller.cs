using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;

namespace Amazon.Kinesis.Protocol;

/// <summary>A response of AWS JSON 1.1. An empty one has no properties; explicit nulls are those of properties that are missing.</summary>
internal sealed class ResponseUnmarshaller<T> : JsonResponseUnmarshaller
    where T : AmazonWebServiceResponse, new()
{
    internal static readonly ResponseUnmarshaller<T> Instance = new();

    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
    {
        var body = Body(input);
        return body.Length == 0 ? new T() : JsonSerializer.Deserialize<T>(body, ModelJson.Options) ?? new T();
    }

    public override AmazonServiceException UnmarshallException(
        JsonUnmarshallerContext input,
        Exception innerException,
        HttpStatusCode statusCode) =>
        ServiceErrors.Of(Body(input), innerException, input.ResponseData.GetHeaderValue("x-amzn-RequestId"), statusCode);

    protected override bool ShouldReadEntireResponse(IWebResponseData response, bool readEntireResponse) => true;

    private static ReadOnlySpan<byte> Body(JsonUnmarshallerContext input)
    {
        using var body = new MemoryStream();
        input.Stream.CopyTo(body);
        return body.GetBuffer().AsSpan(0, (int)body.Length);
    }
}
