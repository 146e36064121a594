namespace Amazon.Kinesis.Model;

/// <summary>A record to write.</summary>
public sealed class PutRecordsRequestEntry
{
    public MemoryStream? Data { get; set; }

    public string? PartitionKey { get; set; }

    public string? ExplicitHashKey { get; set; }
}
