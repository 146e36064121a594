using Rx.Alerting.Connectors.Tests.Kafka;
using Rx.Alerting.Testing.Servers;

[assembly: AssemblyFixture(typeof(KafkaFixture))]

namespace Rx.Alerting.Connectors.Tests.Kafka;

/// <summary>The broker that tests share. The first test that asks for it starts it.</summary>
public sealed class KafkaFixture : IDisposable
{
    private readonly Lazy<KafkaBroker?> broker = new(() => KafkaBroker.TryStart());

    /// <summary>Skips the test if there is no broker. On CI, fails it.</summary>
    internal KafkaTopic Topic(int partitions = 1, bool stamps = false) => KafkaTopic.Create(BootstrapServers, partitions, stamps);

    internal string BootstrapServers => Environment.GetEnvironmentVariable("KAFKA_BOOTSTRAP_SERVERS") is { Length: > 0 } servers
        ? servers
        : Needed(broker.Value).BootstrapServers;

    internal static KafkaBroker Needed(KafkaBroker? started)
    {
        if (started is null && Environment.GetEnvironmentVariable("CI") != "true")
            Assert.Skip("There is no Kafka broker: unpack Apache Kafka (with a Java runtime) and set KAFKA_HOME to its folder, "
                + "or KAFKA_BOOTSTRAP_SERVERS.");
        return started ?? throw new InvalidOperationException("CI needs a Kafka broker: "
            + "KAFKA_HOME or KAFKA_BOOTSTRAP_SERVERS must be set.");
    }

    public void Dispose()
    {
        if (broker.IsValueCreated)
            broker.Value?.Dispose();
    }
}
