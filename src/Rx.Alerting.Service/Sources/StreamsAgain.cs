using Microsoft.Extensions.Logging.Abstractions;
using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Connectors.Kafka;
using Rx.Alerting.Connectors.Kinesis;
using Rx.Alerting.Connectors.Positions;
using Rx.Alerting.Connectors.Simulation;
using Rx.Alerting.Core.Views.Mux;

namespace Rx.Alerting.Service.Sources;

/// <summary>
/// How each kind of stream is read once more: by the same code as the pipelines read it, with a client of its own. It logs nothing, because
/// the log is of what the service watches.
/// </summary>
internal static class StreamsAgain
{
    /// <summary>As fast as traffic is made.</summary>
    private const double Unpaced = 1e6;

    /// <summary>Fetched ahead: less than the pipelines have, because nobody waits for it.</summary>
    private const int QueuedKilobytes = 8192;

    /// <summary>Of what Kinesis gives all readers of a shard together: most is left to the pipelines.</summary>
    private const double ReadsPerSecond = 1;

    private const int BytesPerSecond = 500_000;

    /// <summary>The same seed makes the same views.</summary>
    public static StreamAgain Simulated(SimulationOptions traffic, TimeProvider clock) => new(
        "the simulated traffic, made again",
        (_, _) => new SimulatedViewSource(traffic with { Speed = Unpaced }, new MuxJsonDecoder(), clock));

    /// <summary>From the oldest rotated file on that is still there.</summary>
    public static StreamAgain OfFiles(FollowOptions options, TimeProvider clock) => new(
        "the followed files and what they were rotated to",
        (_, _) => new FollowedFileSource(
            options with
            {
                StartAt = StartAt.Earliest,
                OnGap = OnGap.Skip,
                PollInterval = TimeSpan.FromMilliseconds(10),
                RotationWait = TimeSpan.Zero, // Nobody writes to a file that was rotated long ago.
                IdleAfter = TimeSpan.FromSeconds(1),
            },
            clock,
            NullLogger<FollowedFileSource>.Instance));

    /// <summary>All partitions, also those of other processes: it is not known which one has the property.</summary>
    public static StreamAgain OfKafka(KafkaOptions options, TimeProvider clock) => new(
        "the records that the topic still has",
        (from, cancel) => KafkaAgain.Open(options with { QueuedKilobytes = QueuedKilobytes }, from, clock, cancel));

    public static StreamAgain OfKinesis(KinesisOptions options, TimeProvider clock) => new(
        "the records that the stream still has",
        (from, _) => KinesisViewSource.Open(
            options with
            {
                StartAt = StartAt.AtTimestamp,
                Timestamp = from < clock.GetUtcNow() ? from : clock.GetUtcNow(),
                OnGap = OnGap.Skip,
                ReadsPerSecond = Math.Min(options.ReadsPerSecond, ReadsPerSecond),
                BytesPerSecond = Math.Min(options.BytesPerSecond, BytesPerSecond),
            },
            clock,
            NullLogger<KinesisViewSource>.Instance));
}
