namespace Amazon.Kinesis.Model;

/// <summary>Sequence numbers of a shard; one without an end is open.</summary>
public sealed class SequenceNumberRange
{
    public string? StartingSequenceNumber { get; set; }

    public string? EndingSequenceNumber { get; set; }
}
