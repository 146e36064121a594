using System.Globalization;
using System.Text;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Amazon.Runtime;
using Microsoft.Extensions.Logging.Abstractions;
using Rx.Alerting.Connectors.Kinesis;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.Kinesis;

/// <summary>A stream of its own on a local server.</summary>
internal sealed class KinesisStream : IAsyncDisposable
{
    private readonly List<KinesisViewSource> sources = [];
    private long second;

    private KinesisStream(KinesisServer server)
    {
        Name = $"views-{Guid.NewGuid():N}";
        Url = server.Url;
        // A server closes idle connections, perhaps just when the next call takes one.
        Client = NewClient(retries: 4);
    }

    internal string Name { get; }

    internal Uri Url { get; }

    internal IAmazonKinesis Client { get; }

    internal static async Task<KinesisStream> CreateAsync(KinesisServer server, int shards)
    {
        var stream = new KinesisStream(server);
        await stream.Client.CreateStreamAsync(new() { StreamName = stream.Name, ShardCount = shards });
        await stream.UntilActiveAsync();
        return stream;
    }

    private AmazonKinesisClient NewClient(int retries) => new(
        new BasicAWSCredentials("test", "test"),
        new AmazonKinesisConfig { ServiceURL = Url.ToString(), AuthenticationRegion = "us-east-1", MaxErrorRetry = retries });

    /// <summary>A reader of the stream, fast enough for tests.</summary>
    internal KinesisViewSource Open(Func<KinesisOptions, KinesisOptions>? change = null)
    {
        var options = new KinesisOptions
        {
            StreamName = Name,
            ServiceUrl = Url.ToString(),
            PollInterval = TimeSpan.FromMilliseconds(200),
            DiscoveryInterval = TimeSpan.FromSeconds(1),
        };
        var source = new KinesisViewSource(
            change?.Invoke(options) ?? options, NewClient(retries: 0), TimeProvider.System, NullLogger.Instance);
        sources.Add(source);
        return source;
    }

    internal async Task<IReadOnlyList<Shard>> ShardsAsync() => (await Client.ListShardsAsync(new() { StreamName = Name })).Shards!;

    /// <summary>The open shards, by their hash keys.</summary>
    internal async Task<IReadOnlyList<Shard>> OpenShardsAsync()
    {
        var open = (await ShardsAsync()).Where(shard => shard.SequenceNumberRange!.EndingSequenceNumber is null);
        return [.. open.OrderBy(shard => Key(shard.HashKeyRange!.StartingHashKey))];
    }

    /// <summary>Puts views with these ids into a shard, a record each.</summary>
    internal Task PutAsync(Shard shard, params IEnumerable<string> ids) =>
        PutBytesAsync(shard, ids.Select(id => Encoding.UTF8.GetBytes(View(id))));

    /// <summary>Puts records into a shard, in their order.</summary>
    internal async Task PutBytesAsync(Shard shard, params IEnumerable<byte[]> records)
    {
        foreach (var chunk in records.Chunk(500))
        {
            var entries = chunk.Select(record => new PutRecordsRequestEntry
            {
                Data = new(record, 0, record.Length, writable: false, publiclyVisible: true),
                PartitionKey = "any",
                ExplicitHashKey = shard.HashKeyRange!.StartingHashKey,
            });
            var response = await Client.PutRecordsAsync(new() { StreamName = Name, Records = [.. entries] });
            Assert.Equal(0, response.FailedRecordCount ?? 0);
        }
    }

    internal async Task SplitAsync(Shard shard)
    {
        UInt128 first = Key(shard.HashKeyRange!.StartingHashKey), last = Key(shard.HashKeyRange.EndingHashKey);
        var middle = (first + ((last - first) / 2) + 1).ToString(CultureInfo.InvariantCulture);
        await Client.SplitShardAsync(new() { StreamName = Name, ShardToSplit = shard.ShardId, NewStartingHashKey = middle });
        await UntilActiveAsync();
    }

    internal async Task MergeAsync(Shard lower, Shard upper)
    {
        await Client.MergeShardsAsync(new() { StreamName = Name, ShardToMerge = lower.ShardId, AdjacentShardToMerge = upper.ShardId });
        await UntilActiveAsync();
    }

    internal async Task RecreateAsync()
    {
        await DeleteAsync();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await Client.CreateStreamAsync(new() { StreamName = Name, ShardCount = 1 });
                await UntilActiveAsync();
                return;
            }
            catch (ResourceInUseException) when (attempt < 100)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }
    }

    internal Task DeleteAsync() => Client.DeleteStreamAsync(new() { StreamName = Name });

    /// <summary>A record of Mux JSON with the id as <c>video_id</c>; later ones ended later.</summary>
    internal string View(string id) => string.Create(
        CultureInfo.InvariantCulture, $$"""{"property_id":"p","video_id":"{{id}}","view_end":{{1_767_225_600 + second++}}}""");

    public ValueTask DisposeAsync()
    {
        sources.ForEach(source => source.Dispose());
        Client.Dispose();
        return ValueTask.CompletedTask;
    }

    private static UInt128 Key(string? text) => UInt128.Parse(text!, CultureInfo.InvariantCulture);

    private async Task UntilActiveAsync()
    {
        for (var look = 0; look < 500; look++)
        {
            var summary = (await Client.DescribeStreamSummaryAsync(new() { StreamName = Name })).StreamDescriptionSummary!;
            if (summary.StreamStatus == StreamStatus.ACTIVE)
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        Assert.Fail($"Stream {Name} has not become active.");
    }
}
