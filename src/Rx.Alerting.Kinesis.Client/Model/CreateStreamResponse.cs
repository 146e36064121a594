using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>The stream is being created.</summary>
public sealed class CreateStreamResponse : AmazonWebServiceResponse;
