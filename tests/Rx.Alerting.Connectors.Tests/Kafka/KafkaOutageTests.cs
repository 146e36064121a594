using Rx.Alerting.Connectors.Kafka;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.Kafka;

/// <summary>Tests that need a broker of their own.</summary>
public sealed class KafkaOutageTests
{
    [Fact]
    public void Read_BrokerKilledAndStartedAgain_WaitsAndGoesOnWithoutGapOrDuplicate()
    {
        using var broker = KafkaFixture.Needed(KafkaBroker.TryStart());
        using var topic = KafkaTopic.Create(broker.BootstrapServers, 1);
        topic.Write(0, 0, 1000);
        using var reading = new KafkaCollector(topic.Options);
        reading.Until(1000);

        broker.Kill();
        using var late = new KafkaCollector(topic.Options);
        broker.Start();
        topic.Write(0, 1000, 1000);
        reading.Until(2000);

        late.Until(2000);

        Assert.Equal(Enumerable.Range(0, 2000), reading.Titles);
        Assert.Equal(Enumerable.Range(0, 2000), late.Titles);
    }

    [Fact]
    public void Read_WrongPassword_FailsAndTheRightOneReads()
    {
        using var broker = KafkaFixture.Needed(KafkaBroker.TryStart(password: true));
        var options = new KafkaOptions
        {
            BootstrapServers = broker.BootstrapServers,
            Topic = "views",
            Settings = "security.protocol=SASL_PLAINTEXT,sasl.mechanism=PLAIN,sasl.username=alice,sasl.password=wrong",
        };

        using var wrong = new KafkaCollector(options);
        using var right = new KafkaCollector(options with { Settings = options.Settings.Replace("wrong", "right", StringComparison.Ordinal) });

        Assert.Equal(KafkaProblem.Access, wrong.Failure().Problem);
        Assert.StartsWith("The brokers refuse the credentials in Kafka:Settings (sasl.username, sasl.password): ", wrong.Failure().Message, StringComparison.Ordinal);
        Assert.Equal(KafkaProblem.TopicMissing, right.Failure().Problem);
    }
}
