using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Connectors.Kafka;
using Rx.Alerting.Connectors.Kinesis;
using Rx.Alerting.Connectors.Simulation;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Core.Views.Mux;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Configuration;

namespace Rx.Alerting.Service.Sources;

/// <summary>Opens the stream that the settings name. Nothing is read, and no server is asked, before the stream runs.</summary>
internal static class WatchedStreams
{
    public static WatchedStream Open(Settings settings, SimulationOptions traffic, TimeProvider clock, ILoggerFactory logs) =>
        settings.Source.Kind switch
        {
            SourceKind.Follow => OfFiles(settings.Follow with { AccessLog = settings.AccessLog }, clock, logs),
            SourceKind.Kafka => OfKafka(settings.Kafka with { AccessLog = settings.AccessLog }, clock, logs),
            SourceKind.Kinesis => OfKinesis(settings.Kinesis with { AccessLog = settings.AccessLog }, clock, logs),
            _ => Simulated(traffic, clock),
        };

    /// <summary>The name has the seed, because positions of one seed mean nothing in another.</summary>
    private static WatchedStream Simulated(SimulationOptions traffic, TimeProvider clock) => new(
        "simulation",
        "simulated traffic",
        new WholeStream($"seed-{traffic.Seed}", new SimulatedViewSource(traffic, new MuxJsonDecoder(), clock)))
    {
        Again = StreamsAgain.Simulated(traffic, clock),
    };

    private static WatchedStream OfFiles(FollowOptions options, TimeProvider clock, ILoggerFactory logs) => new(
        "follow",
        string.Join(", ", options.Paths),
        new WholeStream("files", new FollowedFileSource(options, clock, logs.CreateLogger<FollowedFileSource>())))
    {
        Again = StreamsAgain.OfFiles(options, clock),
    };

    private static WatchedStream OfKafka(KafkaOptions options, TimeProvider clock, ILoggerFactory logs)
    {
        KafkaLibrary.Load();
        IPartitionAssignments assignments = options.Partitioning == KafkaPartitioning.ByProperty
            ? new KafkaPartitionAssignments(options, clock, logs.CreateLogger<KafkaPartitionAssignments>())
            : new WholeStream(options.Topic, new KafkaViewSource(options, clock, logs.CreateLogger<KafkaViewSource>()));
        return new("kafka", $"topic {options.Topic} at {options.BootstrapServers}", assignments)
        {
            Again = StreamsAgain.OfKafka(options, clock),
        };
    }

    /// <exception cref="MisusedException">No region is configured.</exception>
    private static WatchedStream OfKinesis(KinesisOptions options, TimeProvider clock, ILoggerFactory logs)
    {
        try
        {
            var source = KinesisViewSource.Open(options, clock, logs.CreateLogger<KinesisViewSource>());
            return new("kinesis", $"stream {options.StreamName}", new WholeStream(options.StreamName, source))
            {
                Again = StreamsAgain.OfKinesis(options, clock),
            };
        }
        catch (KinesisSourceException fault)
        {
            throw new MisusedException(fault.Message);
        }
    }
}
