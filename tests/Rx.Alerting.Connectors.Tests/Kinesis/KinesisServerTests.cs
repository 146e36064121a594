using System.Text;
using Rx.Alerting.Connectors.Kinesis;
using Rx.Alerting.Connectors.Positions;
using Rx.Alerting.Connectors.Tests.Contracts;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.Kinesis;

/// <summary>The source against real servers.</summary>
public sealed class KinesisServerTests(KinesisServers servers)
{
    [Theory]
    [InlineData(KinesisServerKind.Kinesalite)]
    [InlineData(KinesisServerKind.KinesisLocal)]
    public async Task Read_FromTheBeginning_GivesEveryShardInItsOrder(KinesisServerKind kind)
    {
        await using var stream = await CreateAsync(kind, 3);
        var shards = await stream.OpenShardsAsync();
        foreach (var shard in shards)
            await stream.PutAsync(shard, Ids(shard.ShardId!, 700));

        using var collector = BatchCollector.Read(stream.Open());
        await collector.UntilAsync(
            all => shards.All(shard => all.Ids(shard.ShardId!).Count >= 700 && all.Status(shard.ShardId!) == PartitionStatus.Idle),
            "all views");

        Assert.All(shards, shard => Assert.Equal(Ids(shard.ShardId!, 700), collector.Ids(shard.ShardId!)));
        Assert.All(shards, shard => Assert.Empty(collector.Batches.First(batch => batch.Partition == shard.ShardId).Ids));
    }

    [Theory]
    [InlineData(KinesisServerKind.Kinesalite)]
    [InlineData(KinesisServerKind.KinesisLocal)]
    public async Task Read_SplitAndMergeInMidRead_ParentsComeFirstAndNothingIsLostOrDoubled(KinesisServerKind kind)
    {
        await using var stream = await CreateAsync(kind, 1);
        var parent = (await stream.OpenShardsAsync())[0];
        await stream.PutAsync(parent, Ids("parent", 300));
        using var collector = BatchCollector.Read(stream.Open());
        await collector.UntilAsync(all => all.Ids(parent.ShardId!).Count >= 100, "the first views");

        await stream.SplitAsync(parent);
        var children = await stream.OpenShardsAsync();
        Assert.Equal(2, children.Count);
        await stream.PutAsync(children[0], Ids("lower", 200));
        await stream.PutAsync(children[1], Ids("upper", 200));
        await stream.MergeAsync(children[0], children[1]);
        var merged = (await stream.OpenShardsAsync())[0];
        await stream.PutAsync(merged, Ids("merged", 100));
        await collector.UntilAsync(all => all.Ids(merged.ShardId!).Count >= 100, "views of the merged shard");

        var order = collector.Batches.Where(batch => batch.Ids.Count > 0).Select(batch => batch.Partition).ToList();
        Assert.Equal(Ids("parent", 300), collector.Ids(parent.ShardId!));
        Assert.Equal(Ids("lower", 200), collector.Ids(children[0].ShardId!));
        Assert.Equal(Ids("upper", 200), collector.Ids(children[1].ShardId!));
        Assert.Equal(Ids("merged", 100), collector.Ids(merged.ShardId!));
        Assert.All(children, child => Assert.True(order.LastIndexOf(parent.ShardId!) < order.IndexOf(child.ShardId!)));
        Assert.All(children, child => Assert.True(order.LastIndexOf(child.ShardId!) < order.IndexOf(merged.ShardId!)));
        AssertHandedOver(collector, parent.ShardId!, [.. children.Select(child => child.ShardId!)]);
    }

    [Fact]
    public async Task Read_StoppedAtEveryBatchOfASplitStream_ResumesWithoutLossOrDuplicates()
    {
        await using var stream = await CreateAsync(KinesisServerKind.Kinesalite, 1);
        var parent = (await stream.OpenShardsAsync())[0];
        await stream.PutAsync(parent, Ids("parent", 30));
        await stream.SplitAsync(parent);
        var children = await stream.OpenShardsAsync();
        await stream.PutAsync(children[0], Ids("lower", 20));
        await stream.PutAsync(children[1], Ids("upper", 20));

        var source = stream.Open(options => options with { BatchViews = 10 });
        var views = new List<string>();
        var positions = new Dictionary<string, string>();
        for (var round = 0; round < 12 && views.Count < 70; round++)
        {
            using var collector = BatchCollector.Read(source, positions, onNext: (self, batch) => Stop(self, batch.Ids.Count > 0));
            await collector.UntilAsync(all => all.Batches.Any(batch => batch.Ids.Count > 0), "the next batch");
            var taken = collector.Batches.TakeUntil(batch => batch.Ids.Count > 0).ToList();
            views.AddRange(taken.SelectMany(batch => batch.Ids));
            foreach (var batch in taken)
                positions[batch.Partition] = batch.Position!;
        }

        Assert.Equal([.. Ids("parent", 30), .. Ids("lower", 20), .. Ids("upper", 20)], views.OrderBy(Rank));
        Assert.Equal("SHARD_END", positions[parent.ShardId!]);

        static void Stop(BatchCollector collector, bool stop)
        {
            if (stop)
                collector.Dispose();
        }

        static (int, int) Rank(string id) =>
            (Array.IndexOf(["parent", "lower", "upper"], id.Split('-')[0]), int.Parse(id.Split('-')[1], null));
    }

    [Theory]
    [InlineData(KinesisServerKind.Kinesalite)]
    [InlineData(KinesisServerKind.KinesisLocal)]
    public async Task Read_Latest_GivesOnlyWhatComesAfterTheStart(KinesisServerKind kind)
    {
        await using var stream = await CreateAsync(kind, 1);
        var shard = (await stream.OpenShardsAsync())[0];
        await stream.PutAsync(shard, Ids("before", 10));

        using var collector = BatchCollector.Read(stream.Open(options => options with { StartAt = StartAt.Latest }));
        await collector.UntilAsync(all => all.Status(shard.ShardId!) == PartitionStatus.Idle, "caught up");
        await stream.PutAsync(shard, Ids("after", 10));
        await collector.UntilAsync(all => all.Ids(shard.ShardId!).Count >= 10, "the new views");

        Assert.Equal(Ids("after", 10), collector.Ids(shard.ShardId!));
    }

    [Theory]
    [InlineData(KinesisServerKind.Kinesalite)]
    [InlineData(KinesisServerKind.KinesisLocal)]
    public async Task Read_StreamDeleted_FailsAndSaysSo(KinesisServerKind kind)
    {
        await using var stream = await CreateAsync(kind, 1);
        var shard = (await stream.OpenShardsAsync())[0];
        using var collector = BatchCollector.Read(stream.Open());
        await collector.UntilAsync(all => all.Status(shard.ShardId!) == PartitionStatus.Idle, "caught up");

        await stream.DeleteAsync();
        var failure = await Assert.ThrowsAsync<KinesisSourceException>(() => collector.UntilAsync(_ => false, "an end"));

        Assert.StartsWith(
            $"Stream {stream.Name} does not exist in this region and account, or was deleted", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_StreamMadeAnewUnderItsName_SkipReadsItFromTheBeginning()
    {
        await using var stream = await CreateAsync(KinesisServerKind.Kinesalite, 1);
        var shard = (await stream.OpenShardsAsync())[0].ShardId!;
        await stream.RecreateAsync();
        await stream.PutAsync((await stream.OpenShardsAsync())[0], Ids("new", 3));

        var source = stream.Open(options => options with { OnGap = OnGap.Skip });
        using var collector = BatchCollector.Read(source, new Dictionary<string, string> { [shard] = "SHARD_END" });
        await collector.UntilAsync(all => all.Ids(shard).Count >= 3, "the views of the new stream");

        Assert.Equal(Ids("new", 3), collector.Ids(shard));
        Assert.Equal(1, source.Statistics.Gaps);
    }

    [Fact]
    public async Task Read_ServerGoesAway_TriesAgain()
    {
        if (KinesisServer.Missing(KinesisServerKind.Kinesalite) is not null)
            await servers.GetAsync(KinesisServerKind.Kinesalite);
        using var server = await KinesisServer.StartAsync(KinesisServerKind.Kinesalite);
        await using var stream = await KinesisStream.CreateAsync(server, 1);
        var shard = (await stream.OpenShardsAsync())[0];
        var source = stream.Open();
        using var collector = BatchCollector.Read(source);
        await collector.UntilAsync(all => all.Status(shard.ShardId!) == PartitionStatus.Idle, "caught up");

        server.Dispose();
        await collector.UntilAsync(_ => source.Statistics.Retries >= 2, "two attempts more");
    }

    [Theory]
    [InlineData(KinesisServerKind.Kinesalite)]
    [InlineData(KinesisServerKind.KinesisLocal)]
    public async Task Read_AggregatedRecordsAndLines_GivesTheirViews(KinesisServerKind kind)
    {
        await using var stream = await CreateAsync(kind, 1);
        var shard = (await stream.OpenShardsAsync())[0];
        await stream.PutBytesAsync(
            shard,
            Aggregates.Of(("a", null, stream.View("v-0")), ("b", "9", stream.View("v-1"))),
            Encoding.UTF8.GetBytes(stream.View("v-2") + "\n" + stream.View("v-3") + "\r\n\n"),
            [.. Aggregates.Of(("a", null, stream.View("lost"))), 1],
            Encoding.UTF8.GetBytes(stream.View("v-4")));

        using var collector = BatchCollector.Read(stream.Open());
        await collector.UntilAsync(all => all.Ids(shard.ShardId!).Count >= 5, "five views");

        Assert.Equal(Ids("v", 5), collector.Ids(shard.ShardId!));
        Assert.Equal(1, collector.Batches.Sum(batch => batch.Rejected));
    }

    /// <summary>Nothing comes between the announcement of the children and the end of the parent.</summary>
    private static void AssertHandedOver(BatchCollector collector, string parent, string[] children)
    {
        var batches = collector.Batches;
        var end = batches.TakeWhile(batch => batch is not { Position: "SHARD_END" } || batch.Partition != parent).Count();
        Assert.Equal(PartitionStatus.Finished, batches[end].Status);
        Assert.Equal(children.Order(), batches.Skip(end - children.Length).Take(children.Length).Select(batch => batch.Partition));
    }

    private async Task<KinesisStream> CreateAsync(KinesisServerKind kind, int shards) =>
        await KinesisStream.CreateAsync(await servers.GetAsync(kind), shards);

    private static string[] Ids(string name, int count) => [.. Enumerable.Range(0, count).Select(i => $"{name}-{i}")];
}
