namespace Amazon.Kinesis.Model;

/// <summary>A record. Data are its bytes; the arrival time is approximate, UTC.</summary>
public sealed class Record
{
    public string? SequenceNumber { get; set; }

    public DateTime? ApproximateArrivalTimestamp { get; set; }

    public MemoryStream? Data { get; set; }

    public string? PartitionKey { get; set; }
}
