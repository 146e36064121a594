using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>The stream to describe.</summary>
public sealed class DescribeStreamSummaryRequest : AmazonWebServiceRequest
{
    public string? StreamName { get; set; }
}
