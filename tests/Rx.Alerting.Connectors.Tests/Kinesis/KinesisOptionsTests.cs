using Microsoft.Extensions.Logging.Abstractions;
using Rx.Alerting.Connectors.Kinesis;
using Rx.Alerting.Connectors.Positions;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Connectors.Tests.Kinesis;

public sealed class KinesisOptionsTests
{
    [Fact]
    public void Open_ManyFaults_NamesThemAll()
    {
        var options = new KinesisOptions
        {
            StreamName = "a stream",
            ServiceUrl = "kinesis.local",
            StartAt = StartAt.AtTimestamp,
            PollInterval = TimeSpan.FromMilliseconds(1),
            MaximumRecords = 10_001,
            ReadsPerSecond = 6,
            BytesPerSecond = 0,
            BatchViews = 0,
        };

        var refusal = Assert.Throws<KinesisSourceException>(
            () => KinesisViewSource.Open(options, TimeProvider.System, NullLogger<KinesisViewSource>.Instance));

        Assert.Equal(
            """
            Kinesis:StreamName must be 1 to 128 letters, digits, _, . and -
            Kinesis:ServiceUrl must be an absolute http or https address
            Kinesis:Timestamp must be given with StartAt at-timestamp, and only with it
            Kinesis:PollInterval is 1ms, must be from 200ms to 1m
            Kinesis:MaximumRecords is 10001, must be from 1 to 10000
            Kinesis:ReadsPerSecond is 6, must be from 0.1 to 5
            Kinesis:BytesPerSecond is 0, must be from 1000 to 2000000
            Kinesis:BatchViews is 0, must be from 1 to 65536
            """.ReplaceLineEndings(Environment.NewLine),
            refusal.Message);
    }

    [Fact]
    public void Read_PositionOfAnotherSource_IsRefused()
    {
        using var source = KinesisViewSource.Open(
            new() { StreamName = "views", Region = "eu-central-1" }, TimeProvider.System, NullLogger<KinesisViewSource>.Instance);

        var refusal = Assert.Throws<KinesisSourceException>(() =>
            source.Read(new Dictionary<string, string> { ["shardId-000000000000"] = "offset 12" }, OpenGate.Instance));

        Assert.Contains("“offset 12” of shard shardId-000000000000", refusal.Message, StringComparison.Ordinal);
    }
}
