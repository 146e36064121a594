using System.ComponentModel.DataAnnotations;
using Rx.Alerting.Connectors.Framing;
using Rx.Alerting.Connectors.Positions;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Core.Views.AccessLog;

namespace Rx.Alerting.Connectors.Kinesis;

/// <summary>Which stream of Amazon Kinesis is read, and how. Credentials come from the standard AWS chain.</summary>
[OptionSection("Kinesis")]
public sealed record KinesisOptions : IValidatableObject
{
    /// <summary>The stream's name.</summary>
    [Pattern("[a-zA-Z0-9_.-]{1,128}", "1 to 128 letters, digits, _, . and -")]
    public string StreamName { get; init; } = "views";

    /// <summary>The AWS region, such as <c>eu-central-1</c>. Empty: the region of the AWS environment or profile.</summary>
    public string Region { get; init; } = string.Empty;

    /// <summary>The address of a server that takes the place of AWS. Empty: AWS.</summary>
    public string ServiceUrl { get; init; } = string.Empty;

    /// <summary>The format of the records.</summary>
    public RecordFormat Format { get; init; } = RecordFormat.MuxJson;

    /// <summary>How access logs are read; section <c>AccessLog</c>.</summary>
    public AccessLogOptions AccessLog { get; init; } = new();

    /// <summary>
    /// Where to start without a checkpoint. <c>earliest</c> (or <c>trim-horizon</c>): with the oldest record that the stream still has.
    /// <c>latest</c>: with the next record that comes. <c>at-timestamp</c>: with the first record that arrived at <see cref="Timestamp"/>
    /// or later.
    /// </summary>
    [AllowedValues(StartAt.Earliest, StartAt.Latest, StartAt.AtTimestamp)]
    public StartAt StartAt { get; init; } = StartAt.Earliest;

    /// <summary>Where a start <c>at-timestamp</c> is. Must be given with <c>at-timestamp</c>, and only with it.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>What to do when the retention has passed the records behind a checkpoint: fail, or skip them, log and count.</summary>
    public OnGap OnGap { get; init; } = OnGap.Fail;

    /// <summary>Time between two reads of a shard that has been read to its end.</summary>
    [TimeRange("200ms", "1m")]
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often to look for new shards. Whenever a shard ends, its children are looked for at once.</summary>
    [TimeRange("1s", "1h")]
    public TimeSpan DiscoveryInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Records that one read asks for. Kinesis also stops at 10 MiB.</summary>
    [Range(1, 10_000)]
    public int MaximumRecords { get; init; } = 10_000;

    /// <summary>Reads of a shard in a second. Kinesis allows five, to all readers together.</summary>
    [Range(0.1, 5)]
    public double ReadsPerSecond { get; init; } = 5;

    /// <summary>Bytes that are read from a shard in a second. Kinesis allows 2 MB, to all readers together.</summary>
    [Range(1_000, 2_000_000)]
    public int BytesPerSecond { get; init; } = 2_000_000;

    /// <summary>Shards that hold records in memory at the same time, each at most 10 MiB.</summary>
    [Range(1, 256)]
    public int ConcurrentReads { get; init; } = 8;

    /// <summary>Records in a batch. A batch ends only at the end of a record of the stream, which may hold several.</summary>
    [Range(1, 65_536)]
    public int BatchViews { get; init; } = 4096;

    /// <summary>The longest record, in bytes. A longer record is rejected.</summary>
    [Range(64, 10 << 20)]
    public int MaximumRecordBytes { get; init; } = 1 << 20;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ServiceUrl.Length > 0 && !(Uri.TryCreate(ServiceUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
            yield return new("must be an absolute http or https address", [nameof(ServiceUrl)]);
        if (Timestamp is not null != (StartAt == StartAt.AtTimestamp))
        {
            yield return new(
                $"must be given with {nameof(StartAt)} {OptionText.Of(StartAt.AtTimestamp)}, and only with it",
                [nameof(Timestamp)]);
        }
    }
}
