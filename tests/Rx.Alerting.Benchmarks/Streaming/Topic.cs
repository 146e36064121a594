using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Benchmarks.Streaming;

/// <summary>A filled topic, of a broker that is ended with it.</summary>
internal sealed class Topic : IDisposable
{
    private readonly KafkaBroker broker;

    /// <exception cref="ChildFailedException">There is no Kafka.</exception>
    public Topic(TopicTraffic traffic)
    {
        broker = KafkaBroker.TryStart()
            ?? throw new ChildFailedException("There is no Kafka; unpack Apache Kafka, and set KAFKA_HOME to its folder.");
        try
        {
            Console.Error.WriteLine($"  simulating {traffic.Views} views into a topic");
            Filled = ChildProcess.Run([.. ChildProcess.Own("topic-fill"), .. Where, .. traffic.Load], pinned: false);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public const string Name = "views";

    public string Servers => broker.BootstrapServers;

    /// <summary>What it was filled with.</summary>
    public Figures Filled { get; }

    /// <summary>For a process that reads it.</summary>
    public string[] Where => ["--servers", Servers, "--topic", Name];

    public void Dispose() => broker.Dispose();
}
