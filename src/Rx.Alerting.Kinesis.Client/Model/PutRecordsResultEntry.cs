namespace Amazon.Kinesis.Model;

/// <summary>What became of a record.</summary>
public sealed class PutRecordsResultEntry
{
    public string? ShardId { get; set; }

    public string? SequenceNumber { get; set; }

    public string? ErrorCode { get; set; }

    public string? ErrorMessage { get; set; }
}
