using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>A new stream.</summary>
public sealed class CreateStreamRequest : AmazonWebServiceRequest
{
    public string? StreamName { get; set; }

    public int? ShardCount { get; set; }
}
