using Amazon.Kinesis.Model;
using Rx.Alerting.Connectors.Kinesis;
using Rx.Alerting.Connectors.Tests.Contracts;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.Kinesis;

/// <summary>A stream under the contract of sources. It cannot finish: a shard only ends by making others.</summary>
internal sealed class KinesisFixture : SourceFixture
{
    private const int RecordsInARead = 25;
    private readonly KinesisStream stream;
    private readonly IReadOnlyList<Shard> shards;

    private KinesisFixture(KinesisStream stream, IReadOnlyList<Shard> shards)
    {
        this.stream = stream;
        this.shards = shards;
    }

    public override SourceAbilities Abilities =>
        SourceAbilities.Append | SourceAbilities.Follow | SourceAbilities.Idle | SourceAbilities.Hold;

    public override IReadOnlyList<string> Partitions => [.. shards.Select(shard => shard.ShardId!)];

    public override long MaximumAhead => RecordsInARead * shards.Count;

    internal static async Task<KinesisFixture> CreateAsync(KinesisServer server, int shards)
    {
        var stream = await KinesisStream.CreateAsync(server, shards);
        return new(stream, await stream.OpenShardsAsync());
    }

    public override IViewSource Open() => stream.Open(options => options with { MaximumRecords = RecordsInARead, BatchViews = 10 });

    public override Task AppendAsync(int partition, IReadOnlyList<string> ids) => stream.PutAsync(shards[partition], ids);

    public override long? RecordsTaken(IViewSource source) => ((KinesisViewSource)source).Statistics.Records;

    public override ValueTask DisposeAsync() => stream.DisposeAsync();
}
