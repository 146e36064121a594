using Rx.Alerting.Connectors.Framing;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Core.Views.AccessLog;

namespace Rx.Alerting.Connectors.Kinesis;

/// <summary>Section <c>Kinesis</c>: which stream of Amazon Kinesis is read, and how. Credentials come from the standard AWS chain.</summary>
public sealed record KinesisOptions
{
    /// <summary>The stream's name, 1 to 128 letters, digits, <c>_</c>, <c>.</c> and <c>-</c>; default <c>views</c>.</summary>
    public string StreamName { get; init; } = "views";

    /// <summary>The AWS region, such as <c>eu-central-1</c>. Default: what the AWS environment or profile says.</summary>
    public string Region { get; init; } = string.Empty;

    /// <summary>An endpoint in place of the region's own, http or https. Default: none.</summary>
    public string ServiceUrl { get; init; } = string.Empty;

    /// <summary>What the records are: mux-json, mux-protobuf or access-log. Default <see cref="RecordFormat.MuxJson"/>.</summary>
    public RecordFormat Format { get; init; } = RecordFormat.MuxJson;

    /// <summary>How access logs are read; section <c>AccessLog</c>.</summary>
    public AccessLogOptions AccessLog { get; init; } = new();

    /// <summary>Where to start without a checkpoint: trim-horizon, latest or at-timestamp. Default <see cref="KinesisStart.TrimHorizon"/>.</summary>
    public KinesisStart StartAt { get; init; } = KinesisStart.TrimHorizon;

    /// <summary>Where a start at-timestamp is; required with it and not allowed without.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>What to do if the retention has passed what is to be read next: fail or skip. Default <see cref="KinesisGap.Fail"/>.</summary>
    public KinesisGap OnGap { get; init; } = KinesisGap.Fail;

    /// <summary>Time between two reads of a shard that is caught up. 200 ms to 1 min; default 1 s.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Time between two looks for new shards, besides one whenever a shard ends. 1 s to 1 h; default 30 s.</summary>
    public TimeSpan DiscoveryInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Records asked for in one read; the service also stops at 10 MiB. 1 to 10,000; default 10,000.</summary>
    public int MaximumRecords { get; init; } = 10_000;

    /// <summary>Reads of a shard in a second; the service allows five, to all readers together. 0.1 to 5; default 5.</summary>
    public double ReadsPerSecond { get; init; } = 5;

    /// <summary>Bytes read from a shard in a second; the service allows 2 MB, to all readers together. 1 KB to 2 MB; default 2 MB.</summary>
    public int BytesPerSecond { get; init; } = 2_000_000;

    /// <summary>Shards that hold records in memory at the same time, at most 10 MiB each. 1 to 256; default 8.</summary>
    public int ConcurrentReads { get; init; } = 8;

    /// <summary>Records after which a batch ends, as soon as a record of the stream does. 1 to 65,536; default 4096.</summary>
    public int BatchViews { get; init; } = 4096;

    /// <summary>Longer records are rejected, in bytes. 64 bytes to 10 MiB; default 1 MiB.</summary>
    public int MaximumRecordBytes { get; init; } = 1 << 20;

    /// <summary>Every fault, empty if there are none.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new OptionFaults();
        faults.Require(
            StreamName.Length is >= 1 and <= 128 && StreamName.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-'),
            "Kinesis:StreamName",
            "must be 1 to 128 letters, digits, _, . and -");
        faults.Require(
            ServiceUrl.Length == 0 || (Uri.TryCreate(ServiceUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"),
            "Kinesis:ServiceUrl",
            "must be an absolute http or https address");
        faults.Require(Enum.IsDefined(Format), "Kinesis:Format", "must be MuxJson, MuxProtobuf or AccessLog");
        faults.Require(Enum.IsDefined(StartAt), "Kinesis:StartAt", "must be TrimHorizon, Latest or AtTimestamp");
        faults.Require(Enum.IsDefined(OnGap), "Kinesis:OnGap", "must be Fail or Skip");
        faults.Require(
            Timestamp is not null == (StartAt == KinesisStart.AtTimestamp),
            "Kinesis:Timestamp",
            "must be given with StartAt AtTimestamp, and only with it");
        faults.Range("Kinesis:PollInterval", PollInterval, TimeSpan.FromMilliseconds(200), TimeSpan.FromMinutes(1));
        faults.Range("Kinesis:DiscoveryInterval", DiscoveryInterval, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        faults.Range("Kinesis:MaximumRecords", MaximumRecords, 1, 10_000);
        faults.Range("Kinesis:ReadsPerSecond", ReadsPerSecond, 0.1, 5);
        faults.Range("Kinesis:BytesPerSecond", BytesPerSecond, 1_000, 2_000_000);
        faults.Range("Kinesis:ConcurrentReads", ConcurrentReads, 1, 256);
        faults.Range("Kinesis:BatchViews", BatchViews, 1, 65_536);
        faults.Range("Kinesis:MaximumRecordBytes", MaximumRecordBytes, 64, 10 << 20);
        AccessLog.Validate(faults);
        return faults.All;
    }
}
