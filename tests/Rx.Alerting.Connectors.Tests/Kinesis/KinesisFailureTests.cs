using System.Net;
using Amazon.Kinesis.Model;
using Microsoft.Extensions.Logging.Abstractions;
using Rx.Alerting.Connectors.Kinesis;
using Rx.Alerting.Connectors.Kinesis.Reading;
using Rx.Alerting.Connectors.Tests.Contracts;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Connectors.Tests.Kinesis;

/// <summary>The source against a service that fails as the test wants, in virtual time.</summary>
public sealed class KinesisFailureTests
{
    private const string Shard = "shardId-000000000000";
    private static readonly KinesisOptions Options = new() { StreamName = "views" };

    private readonly ScriptedKinesis service = new();
    private readonly JumpingTimeProvider time = new();

    [Fact]
    public async Task Read_IteratorExpires_GoesOnBehindTheLastRecord()
    {
        service.Add(Shard, "v-1", "v-2", "v-3");
        service.ListsOnce = true;
        var source = Open(Options with { MaximumRecords = 2 });
        using var collector = BatchCollector.Read(source, onNext: (all, batch) =>
        {
            if (batch.Position == "2")
                service.Fail(new ExpiredIteratorException("old"));
        });
        await IdleAsync(collector);

        Assert.Equal(["v-1", "v-2", "v-3"], collector.Ids(Shard));
        Assert.Equal("AFTER_SEQUENCE_NUMBER 2", Text(service.Iterators[^1]));
        Assert.Equal(1, source.Statistics.ExpiredIterators);
    }

    [Fact]
    public async Task Read_IteratorExpiresBeforeTheFirstRecord_StartsAgain()
    {
        service.Add(Shard, "v-1");
        service.ListsOnce = true;
        service.Fail(new ExpiredIteratorException("old"));
        using var collector = BatchCollector.Read(Open(Options));
        await IdleAsync(collector);

        Assert.Equal(["v-1"], collector.Ids(Shard));
        Assert.All(service.Iterators, iterator => Assert.Equal("TRIM_HORIZON", iterator.ShardIteratorType!.Value));
    }

    [Fact]
    public async Task Read_ThrottledForAMinute_WaitsLongerAndLongerAndLosesNothing()
    {
        service.Add(Shard, "v-1", "v-2");
        service.Fail(Enumerable.Range(0, 12).Select(_ => new ProvisionedThroughputExceededException("slowly")));
        var source = Open(Options);
        using var collector = BatchCollector.Read(source);
        await IdleAsync(collector);

        Assert.Equal(["v-1", "v-2"], collector.Ids(Shard));
        Assert.Equal(12, source.Statistics.Throttled);
        // The last six of twelve waits are at least half of the longest. The wait before them may be as long.
        Assert.InRange(time.Waits.Count(wait => wait >= TimeSpan.FromSeconds(5) && wait <= TimeSpan.FromSeconds(10)), 6, 7);
    }

    [Fact]
    public async Task Read_ServiceAndNetworkFail_TriesAgain()
    {
        service.Add(Shard, "v-1");
        service.Fail(
            ScriptedKinesis.Refusal("InternalFailure", HttpStatusCode.InternalServerError),
            new HttpRequestException("refused"),
            new IOException("reset"),
            new TaskCanceledException("timed out"),
            ScriptedKinesis.Refusal("ThrottlingException", HttpStatusCode.BadRequest));
        var source = Open(Options);
        using var collector = BatchCollector.Read(source);
        await IdleAsync(collector);

        Assert.Equal(["v-1"], collector.Ids(Shard));
        Assert.Equal((4, 1), (source.Statistics.Retries, source.Statistics.Throttled));
    }

    [Fact]
    public async Task Trouble_CallFails_IsToldUntilOneIsAnswered()
    {
        service.Add(Shard, "v-1");
        var source = Open(Options);
        Assert.Equal("stream views has not answered yet", source.Trouble);
        using var collector = BatchCollector.Read(source);
        await IdleAsync(collector);
        Assert.Null(source.Trouble);

        var stream = new StreamAccess(Options, service, time, NullLogger.Instance, new());
        new Backoff(stream, "GetRecords", Shard).Next(new IOException("reset"));
        Assert.Equal($"GetRecords on {Shard} is not answered: reset", stream.Trouble);
        await stream.ListShardsAsync(TestContext.Current.CancellationToken);
        Assert.Null(stream.Trouble);
    }

    [Fact]
    public async Task Read_KeyOfTheStreamIsThrottled_TriesAgain()
    {
        service.Add(Shard, "v-1");
        service.Fail(ScriptedKinesis.Refusal("KMSThrottlingException", HttpStatusCode.BadRequest));
        var source = Open(Options);
        using var collector = BatchCollector.Read(source);
        await IdleAsync(collector);

        Assert.Equal(["v-1"], collector.Ids(Shard));
        Assert.Equal(1, source.Statistics.Throttled);
    }

    [Fact]
    public async Task Read_AccessDenied_FailsAndSaysWhatWasRefused()
    {
        service.Add(Shard, "v-1");
        service.Fail(ScriptedKinesis.Refusal("AccessDeniedException", HttpStatusCode.BadRequest));
        using var collector = BatchCollector.Read(Open(Options));

        var failure = await Assert.ThrowsAsync<KinesisSourceException>(() => IdleAsync(collector));

        Assert.Equal(
            "Stream views: GetRecords was refused with AccessDeniedException: no. Check the credentials and their rights", failure.Message);
    }

    [Fact]
    public async Task Read_ObserverThrows_FailsWithItsException()
    {
        service.Add(Shard, "v-1");
        using var collector = BatchCollector.Read(Open(Options), onNext: (_, batch) =>
        {
            if (batch.Ids.Count > 0)
                throw new InvalidOperationException("full");
        });

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => IdleAsync(collector));
        Assert.Equal("full", failure.Message);
    }

    [Fact]
    public async Task Read_ManyPagesOfShards_ReadsThemAll()
    {
        var paged = new ScriptedKinesis { PageSize = 2 };
        string[] shards = [.. Enumerable.Range(0, 5).Select(i => $"shardId-{i}")];
        foreach (var shard in shards)
            paged.Add(shard, $"{shard}-view");
        using var collector = BatchCollector.Read(new KinesisViewSource(Options, paged, time, NullLogger.Instance));
        await collector.UntilAsync(all => shards.All(shard => all.Ids(shard).Count == 1), "a view of every shard");

        Assert.Equal(shards, collector.Batches.Take(5).Select(batch => batch.Partition));
    }

    [Fact]
    public async Task Read_ShardThatEndedIsNoLongerListed_LetsItsPositionBeForgotten()
    {
        service.Add(Shard, "v-1");
        var positions = new Dictionary<string, string> { ["shardId-old"] = "SHARD_END" };
        service.Shards.Add(
            new() { ShardId = "shardId-old", SequenceNumberRange = new() { StartingSequenceNumber = "1", EndingSequenceNumber = "2" } });
        using var collector = BatchCollector.Read(Open(Options), positions);
        await IdleAsync(collector);
        Assert.Null(collector.Status("shardId-old"));

        service.Remove("shardId-old");
        await collector.UntilAsync(all => all.Status("shardId-old") == PartitionStatus.Finished, "the end of what is forgotten");

        Assert.Null(collector.Batches.Single(batch => batch.Partition == "shardId-old").Position);
    }

    private static string Text(GetShardIteratorRequest request) => $"{request.ShardIteratorType!.Value} {request.StartingSequenceNumber}";

    private static Task IdleAsync(BatchCollector collector) =>
        collector.UntilAsync(all => all.Status(Shard) == PartitionStatus.Idle, "caught up");

    private KinesisViewSource Open(KinesisOptions options) => new(options, service, time, NullLogger.Instance);
}
