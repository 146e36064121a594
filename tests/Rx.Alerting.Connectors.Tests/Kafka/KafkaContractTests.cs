using Rx.Alerting.Connectors.Tests.Contracts;

namespace Rx.Alerting.Connectors.Tests.Kafka;

/// <summary>What holds for every source, of the Kafka source on a real broker.</summary>
public sealed class KafkaContractTests(KafkaFixture kafka) : ViewSourceContract
{
    private protected override int Resumes => 6;

    private protected override Task<SourceFixture> CreateAsync(int partitions) =>
        Task.FromResult<SourceFixture>(new KafkaSourceFixture(kafka.Topic(partitions), partitions));
}
