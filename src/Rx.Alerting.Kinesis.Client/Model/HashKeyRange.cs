namespace Amazon.Kinesis.Model;

/// <summary>Hash keys of a shard, both ends included, 128-bit numbers in decimal.</summary>
public sealed class HashKeyRange
{
    public string? StartingHashKey { get; set; }

    public string? EndingHashKey { get; set; }
}
