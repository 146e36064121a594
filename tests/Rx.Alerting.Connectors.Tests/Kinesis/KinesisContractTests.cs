using Rx.Alerting.Connectors.Tests.Contracts;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.Kinesis;

/// <summary>What holds for every source, of the Kinesis source on a real server.</summary>
public sealed class KinesisContractTests(KinesisServers servers) : ViewSourceContract
{
    private protected override int Resumes => 6;

    private protected override async Task<SourceFixture> CreateAsync(int partitions) =>
        await KinesisFixture.CreateAsync(await servers.GetAsync(KinesisServerKind.Kinesalite), partitions);
}
