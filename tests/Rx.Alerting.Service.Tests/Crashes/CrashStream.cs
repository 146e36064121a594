using System.Globalization;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Amazon.Runtime;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Service.Tests.Crashes;

/// <summary>
/// A Kinesis stream that grows while it is read. The second third of its views comes after a shard has been split, the last third after two
/// shards have been merged.
/// </summary>
/// <remarks>
/// Two days of event time pass in half a minute. So until the next third is there, the service must have unread views of each shard. A
/// shard that has been read to its end is idle and holds nothing up, and the views of its children would be hours late.
/// </remarks>
internal sealed class CrashStream : IDisposable
{
    private const string Name = "views";

    private readonly KinesisServer server;
    private readonly AmazonKinesisClient client;
    private readonly IReadOnlyList<byte[]> messages;
    private int put;

    private CrashStream(KinesisServer server, long views)
    {
        this.server = server;
        messages = [.. CrashTraffic.Read(views).Select(view => view.Message)];
        client = new(
            new BasicAWSCredentials("test", "test"),
            new AmazonKinesisConfig { ServiceURL = server.Url.ToString(), AuthenticationRegion = "us-east-1", MaxErrorRetry = 4 });
    }

    public long Views => messages.Count;

    /// <summary>
    /// Makes a stream of two shards with a third of the views. Skips the test if there is no Kinesis server, except on CI.
    /// </summary>
    public static async Task<CrashStream> BeginAsync(long views)
    {
        if (KinesisServer.Missing(KinesisServerKind.Kinesalite) is { } advice)
        {
            Assert.SkipWhen(Environment.GetEnvironmentVariable("CI") != "true", advice);
            throw new InvalidOperationException(advice);
        }

        var stream = new CrashStream(await KinesisServer.StartAsync(KinesisServerKind.Kinesalite), views);
        await stream.client.CreateStreamAsync(new() { StreamName = Name, ShardCount = 2 });
        await stream.PutThirdAsync();
        return stream;
    }

    /// <summary>Splits a shard, and puts the second third of the views.</summary>
    public async Task SplitAsync()
    {
        var shard = (await OpenShardsAsync())[0];
        var (first, last) = (Key(shard.HashKeyRange!.StartingHashKey), Key(shard.HashKeyRange!.EndingHashKey));
        await client.SplitShardAsync(
            new()
            {
                StreamName = Name,
                ShardToSplit = shard.ShardId,
                NewStartingHashKey = (first + ((last - first) / 2)).ToString(CultureInfo.InvariantCulture),
            });
        await PutThirdAsync();
    }

    /// <summary>Merges one half of the split shard with the other shard, and puts the rest of the views.</summary>
    public async Task MergeAsync()
    {
        var shards = await OpenShardsAsync();
        await client.MergeShardsAsync(
            new() { StreamName = Name, ShardToMerge = shards[1].ShardId, AdjacentShardToMerge = shards[2].ShardId });
        await PutThirdAsync();
    }

    /// <summary>A service that reads the stream.</summary>
    public CrashService Service(RedisServer redis, string name) => new(
        redis, name, Views, async service => (await FinalState.ReadAsync(service.Redis, $"kinesis/{Name}")).Views,
        "--source", "kinesis",
        "--set", $"Kinesis:StreamName={Name}",
        "--set", $"Kinesis:ServiceUrl={server.Url}",
        "--set", "Kinesis:Format=mux-protobuf",
        "--set", "Kinesis:MaximumRecords=100", // So slow that it has not read what there is when more comes, behind other shards.
        "--set", "Kinesis:PollInterval=200ms",
        "--set", "Checkpoints:Interval=300ms"); // So that a look at the state comes between two commits.

    public void Dispose()
    {
        client.Dispose();
        server.Dispose();
    }

    /// <summary>Puts the next third of the views into the open shards in turn.</summary>
    private async Task PutThirdAsync()
    {
        var shards = await OpenShardsAsync();
        foreach (var chunk in messages.Index().Skip(put).Take((messages.Count + 2) / 3).Chunk(500))
        {
            var records = chunk.Select(view => new PutRecordsRequestEntry
            {
                Data = new(view.Item, 0, view.Item.Length, writable: false, publiclyVisible: true),
                PartitionKey = "any",
                ExplicitHashKey = shards[view.Index % shards.Count].HashKeyRange!.StartingHashKey,
            });
            var response = await client.PutRecordsAsync(new() { StreamName = Name, Records = [.. records] });
            Assert.Equal(0, response.FailedRecordCount ?? 0);
            put += chunk.Length;
        }
    }

    /// <summary>Waits until the stream is active.</summary>
    /// <returns>The open shards, in the order of their hash keys.</returns>
    private async Task<IReadOnlyList<Shard>> OpenShardsAsync()
    {
        while (await StatusAsync() != StreamStatus.ACTIVE)
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        var shards = (await client.ListShardsAsync(new() { StreamName = Name })).Shards!;
        var open = shards.Where(shard => shard.SequenceNumberRange!.EndingSequenceNumber is null);
        return [.. open.OrderBy(shard => Key(shard.HashKeyRange!.StartingHashKey))];
    }

    private async Task<StreamStatus?> StatusAsync() =>
        (await client.DescribeStreamSummaryAsync(new() { StreamName = Name })).StreamDescriptionSummary!.StreamStatus;

    private static UInt128 Key(string? text) => UInt128.Parse(text!, CultureInfo.InvariantCulture);
}
