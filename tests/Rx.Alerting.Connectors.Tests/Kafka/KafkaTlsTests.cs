using Rx.Alerting.Connectors.Kafka;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.Kafka;

public sealed class KafkaTlsTests
{
    [Fact]
    public void Read_Tls_TheRightAuthorityConnectsAndOthersAreToldWhatToLookAt()
    {
        using var authority = new TestAuthority();
        using var other = new TestAuthority();
        using var broker = KafkaFixture.Needed(KafkaBroker.TryStart(tls: authority));
        var options = new KafkaOptions { BootstrapServers = broker.BootstrapServers, Topic = "views" };
        var log = new RecordedLog<KafkaViewSource>();

        using var right = new KafkaCollector(
            options with { Settings = $"security.protocol=SSL,ssl.ca.location={authority.AuthorityFile}" });
        using var wrong = new KafkaCollector(options with { Settings = $"security.protocol=SSL,ssl.ca.location={other.AuthorityFile}" });
        using var plain = new KafkaCollector(new KafkaViewSource(options, TimeProvider.System, log));

        Assert.Equal(KafkaProblem.TopicMissing, right.Failure().Problem);
        Assert.Equal(KafkaProblem.Access, wrong.Failure().Problem);
        Assert.StartsWith(
            "No connection to the brokers by TLS; see security.protocol and ssl.ca.location in Kafka:Settings",
            wrong.Failure().Message,
            StringComparison.Ordinal);
        Assert.Contains("certificate", wrong.Failure().Message, StringComparison.Ordinal);
        log.Until(4102);
    }
}
