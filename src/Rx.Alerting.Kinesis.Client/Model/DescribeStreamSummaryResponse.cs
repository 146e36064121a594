using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>A stream in short.</summary>
public sealed class DescribeStreamSummaryResponse : AmazonWebServiceResponse
{
    public StreamDescriptionSummary? StreamDescriptionSummary { get; set; }
}
