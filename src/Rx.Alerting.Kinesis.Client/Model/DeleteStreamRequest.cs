using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>The stream to delete.</summary>
public sealed class DeleteStreamRequest : AmazonWebServiceRequest
{
    public string? StreamName { get; set; }

    public bool? EnforceConsumerDeletion { get; set; }
}
