namespace Amazon.Kinesis.Model;

/// <summary>A stream in short.</summary>
public sealed class StreamDescriptionSummary
{
    public string? StreamName { get; set; }

    public StreamStatus? StreamStatus { get; set; }

    public int? RetentionPeriodHours { get; set; }

    public int? OpenShardCount { get; set; }
}
