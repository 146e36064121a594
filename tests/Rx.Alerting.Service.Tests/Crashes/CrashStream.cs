using System.Globalization;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Amazon.Runtime;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Service.Tests.Crashes;

/// <summary>A stream of Kinesis whose shards were split and merged between its views, full before anybody reads it.</summary>
internal sealed class CrashStream : IDisposable
{
    private const string Name = "views";

    private readonly KinesisServer server;
    private readonly AmazonKinesisClient client;

    private CrashStream(KinesisServer server)
    {
        this.server = server;
        client = new(new BasicAWSCredentials("test", "test"), new AmazonKinesisConfig { ServiceURL = server.Url.ToString(), AuthenticationRegion = "us-east-1", MaxErrorRetry = 4 });
    }

    public long Views { get; private set; }

    /// <summary>Skips the test where there is no server of Kinesis, except on CI.</summary>
    public static async Task<CrashStream> FillAsync(long views)
    {
        if (KinesisServer.Missing(KinesisServerKind.Kinesalite) is { } advice)
        {
            Assert.SkipWhen(Environment.GetEnvironmentVariable("CI") != "true", advice);
            throw new InvalidOperationException(advice);
        }

        var stream = new CrashStream(await KinesisServer.StartAsync(KinesisServerKind.Kinesalite)) { Views = views };
        await stream.FillAsync();
        return stream;
    }

    /// <summary>A service that reads the stream.</summary>
    public CrashService Service(RedisServer redis, string name) => new(
        redis, name, Views, async service => (await FinalState.ReadAsync(service.Redis, $"kinesis/{Name}")).Views,
        "--source", "kinesis",
        "--set", $"Kinesis:StreamName={Name}",
        "--set", $"Kinesis:ServiceUrl={server.Url}",
        "--set", "Kinesis:Format=mux-protobuf",
        "--set", "Kinesis:MaximumRecords=500",
        "--set", "Kinesis:PollInterval=200ms",
        "--set", "Checkpoints:Interval=300ms"); // So that a look at the state comes between two commits.

    public void Dispose()
    {
        client.Dispose();
        server.Dispose();
    }

    /// <summary>A third of the views into two shards, a third after one was split, the rest after two were merged.</summary>
    private async Task FillAsync()
    {
        await client.CreateStreamAsync(new() { StreamName = Name, ShardCount = 2 });
        var all = CrashTraffic.Read(Views).Select(view => view.Message).ToList();
        var third = all.Count / 3;
        var shards = await OpenShardsAsync();
        await PutAsync(shards, all[..third]);

        var (first, last) = (Key(shards[0].HashKeyRange!.StartingHashKey), Key(shards[0].HashKeyRange!.EndingHashKey));
        await client.SplitShardAsync(new() { StreamName = Name, ShardToSplit = shards[0].ShardId, NewStartingHashKey = (first + ((last - first) / 2)).ToString(CultureInfo.InvariantCulture) });
        shards = await OpenShardsAsync();
        await PutAsync(shards, all[third..(2 * third)]);

        await client.MergeShardsAsync(new() { StreamName = Name, ShardToMerge = shards[1].ShardId, AdjacentShardToMerge = shards[2].ShardId });
        await PutAsync(await OpenShardsAsync(), all[(2 * third)..]);
    }

    /// <summary>Puts views into the shards in turn.</summary>
    private async Task PutAsync(IReadOnlyList<Shard> shards, IReadOnlyList<byte[]> views)
    {
        foreach (var chunk in views.Index().Chunk(500))
        {
            var records = chunk.Select(view => new PutRecordsRequestEntry
            {
                Data = new(view.Item, 0, view.Item.Length, writable: false, publiclyVisible: true),
                PartitionKey = "any",
                ExplicitHashKey = shards[view.Index % shards.Count].HashKeyRange!.StartingHashKey,
            });
            var response = await client.PutRecordsAsync(new() { StreamName = Name, Records = [.. records] });
            Assert.Equal(0, response.FailedRecordCount ?? 0);
        }
    }

    /// <summary>Waits until the stream is active; its open shards, by their hash keys.</summary>
    private async Task<IReadOnlyList<Shard>> OpenShardsAsync()
    {
        while ((await client.DescribeStreamSummaryAsync(new() { StreamName = Name })).StreamDescriptionSummary!.StreamStatus != StreamStatus.ACTIVE)
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        var shards = (await client.ListShardsAsync(new() { StreamName = Name })).Shards!;
        return [.. shards.Where(shard => shard.SequenceNumberRange!.EndingSequenceNumber is null).OrderBy(shard => Key(shard.HashKeyRange!.StartingHashKey))];
    }

    private static UInt128 Key(string? text) => UInt128.Parse(text!, CultureInfo.InvariantCulture);
}
