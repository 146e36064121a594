using Confluent.Kafka;
using Rx.Alerting.Connectors.Kafka;

namespace Rx.Alerting.Connectors.Tests.Kafka;

/// <summary>What the native library has to be built with, whichever of its package's builds this system loads.</summary>
public sealed class KafkaLibraryTests(KafkaFixture kafka)
{
    /// <remarks>The broker compresses. If the producer did, with the same library, a codec that is missing would go unnoticed.</remarks>
    [Theory]
    [InlineData("gzip")]
    [InlineData("snappy")]
    [InlineData("lz4")]
    [InlineData("zstd")]
    public void Read_CompressedRecords_GivesEveryView(string compression)
    {
        using var topic = KafkaTopic.Create(kafka.BootstrapServers, 1, compression: compression);
        topic.Write(0, 0, 1000);

        using var reading = new KafkaCollector(topic.Options);
        reading.Until(1000);

        Assert.Equal(Enumerable.Range(0, 1000), reading.Titles);
    }

    [Theory]
    [InlineData("sasl.mechanism=PLAIN,sasl.username=alice,sasl.password=secret")]
    [InlineData("sasl.mechanism=SCRAM-SHA-256,sasl.username=alice,sasl.password=secret")]
    [InlineData("sasl.mechanism=SCRAM-SHA-512,sasl.username=alice,sasl.password=secret")]
    [InlineData(
        "sasl.mechanism=OAUTHBEARER,sasl.oauthbearer.method=oidc,sasl.oauthbearer.client.id=alice,"
        + "sasl.oauthbearer.client.secret=secret,sasl.oauthbearer.token.endpoint.url=http://127.0.0.1:1")]
    public void Build_TlsAndAMechanismOfHostedBrokers_IsAClient(string settings)
    {
        var options = new KafkaOptions { BootstrapServers = "127.0.0.1:1", Settings = "security.protocol=SASL_SSL," + settings };

        using var client = KafkaLibrary.Build(
            () => new ConsumerBuilder<Ignore, Ignore>(KafkaSettings.ForMembership(options)).SetLogHandler((_, _) => { }).Build());

        Assert.NotEmpty(client.Name);
    }

    [Fact]
    public void Build_LibraryCannotBeLoaded_SaysWhereItLies()
    {
        var failure = Assert.Throws<KafkaSourceException>(
            () => KafkaLibrary.Build<string>(() => throw new DllNotFoundException("librdkafka")));

        Assert.Equal(KafkaProblem.NativeLibrary, failure.Problem);
        Assert.Contains("in the program's folder", failure.Message, StringComparison.Ordinal);
    }
}
