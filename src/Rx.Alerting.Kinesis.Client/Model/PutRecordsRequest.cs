using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>Up to 500 records to write.</summary>
public sealed class PutRecordsRequest : AmazonWebServiceRequest
{
    public string? StreamName { get; set; }

    public List<PutRecordsRequestEntry>? Records { get; set; }
}
