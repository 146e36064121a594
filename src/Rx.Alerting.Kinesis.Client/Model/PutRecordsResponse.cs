using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>What became of each record, in order.</summary>
public sealed class PutRecordsResponse : AmazonWebServiceResponse
{
    public int? FailedRecordCount { get; set; }

    public List<PutRecordsResultEntry>? Records { get; set; }
}
