using Microsoft.Extensions.Logging.Abstractions;
using Rx.Alerting.Connectors.Kinesis;
using Rx.Alerting.Connectors.Kinesis.Shards;
using Rx.Alerting.Connectors.Positions;
using Rx.Alerting.Connectors.Tests.Contracts;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Connectors.Tests.Kinesis;

/// <summary>Where reading goes on: within aggregated records, behind gaps, and at gates.</summary>
public sealed class KinesisPositionTests
{
    private const string Shard = "shardId-000000000000";
    private static readonly KinesisOptions Options = new() { StreamName = "views", BatchViews = 2 };

    private readonly ScriptedKinesis service = new();
    private readonly JumpingTimeProvider time = new();

    [Fact]
    public async Task Read_Records_BatchesEndAtWholeRecords()
    {
        service.Add(Shard, Aggregate(0, 3), Aggregate(3, 1), Aggregate(4, 1), Aggregate(5, 1));
        using var collector = await ReadAsync();

        Assert.Equal(["0 1 2@1", "3 4@3", "5@4"], Texts(collector));
    }

    [Fact]
    public async Task Read_OneRecordOfManyBatches_IsCutAndResumedWithinIt()
    {
        service.Add(Shard, Aggregate(0, 9), Aggregate(9, 1));
        using var whole = await ReadAsync();
        Assert.Equal(["0 1 2 3@1:3", "4 5 6 7@1:7", "8 9@2"], Texts(whole));

        using var resumed = await ReadAsync(position: "1:3");
        Assert.Equal(["4 5 6 7@1:7", "8 9@2"], Texts(resumed));
    }

    [Fact]
    public async Task Read_PartsOfAnotherShard_AreLeftOutAndCounted()
    {
        service.Add(Shard, Aggregate(0, 1), Aggregate(1, 1));
        service.Shards[0].HashKeyRange = new() { StartingHashKey = "0", EndingHashKey = "5" };
        using var source = Open(Options);
        using var collector = await ReadAsync(source);

        Assert.Equal(["@2"], Texts(collector));
        Assert.Equal(2, source.Statistics.Misplaced);
    }

    [Fact]
    public async Task Read_RetentionHasPassedThePosition_FailsByDefault()
    {
        service.Add(Shard, "0", "1", "2", "3");
        service.Oldest = 4;

        var failure = await Assert.ThrowsAsync<KinesisSourceException>(() => ReadAsync(position: "2"));

        Assert.StartsWith($"Shard {Shard} of stream views no longer has what comes behind 2: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Set Kinesis:OnGap to skip", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_RetentionHasPassedThePosition_SkipCountsAndGoesOn()
    {
        service.Add(Shard, "0", "1", "2", "3");
        service.Oldest = 4;
        using var source = Open(Options with { OnGap = OnGap.Skip });
        using var collector = await ReadAsync(source, "2");

        Assert.Equal(["3@4"], Texts(collector));
        Assert.Equal(1, source.Statistics.Gaps);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(25, true)]
    public async Task Read_QuietShardForgotItsLastRecord_IsNoGapIfItWasCaughtUpWithinADay(int hours, bool gap)
    {
        service.Add(Shard, "0", "1", "2", "3");
        service.Oldest = 4;
        using var source = Open(Options with { OnGap = OnGap.Skip });
        using var collector = await ReadAsync(source, ShardPosition.After("3").CaughtUp(time.GetUtcNow().AddHours(-hours)).ToString());

        Assert.Equal(["3@4"], Texts(collector));
        Assert.Equal(gap ? 1 : 0, source.Statistics.Gaps);
    }

    [Fact]
    public async Task Read_OldestRecordIsThatOfThePosition_IsNoGap()
    {
        service.Add(Shard, "0", "1", "2", "3");
        service.Oldest = 3;
        using var collector = await ReadAsync(position: "3");

        Assert.Equal(["3@4"], Texts(collector));
    }

    [Fact]
    public async Task Read_ShardOfThePositionIsGone_SkipFinishesIt()
    {
        service.Add(Shard, "0");
        using var source = Open(Options with { OnGap = OnGap.Skip });
        using var collector = BatchCollector.Read(
            source, new Dictionary<string, string> { ["shardId-gone"] = "7", ["shardId-done"] = "SHARD_END" });
        await collector.UntilAsync(all => all.Status(Shard) == PartitionStatus.Idle, "caught up");

        Assert.Equal(PartitionStatus.Finished, collector.Status("shardId-gone"));
        Assert.All(
            ["shardId-gone", "shardId-done"], shard => Assert.Null(collector.Batches.Single(batch => batch.Partition == shard).Position));
        Assert.Equal(1, source.Statistics.Gaps);
    }

    [Fact]
    public async Task Read_GateClosed_AsksTheServiceForNothing()
    {
        service.Add(Shard, "0");
        var gate = new ClosableGate(Shard);
        using var collector = BatchCollector.Read(Open(Options), gate: gate);
        await gate.UntilRefusedAsync(Shard, 10);
        Assert.Equal(0, service.Reads);
        Assert.Equal(PartitionStatus.Active, collector.Status(Shard));

        gate.Open(Shard);
        await collector.UntilAsync(all => all.Ids(Shard).Count == 1, "the view");
    }

    /// <summary>Its gate is not asked, because its child waits for its end.</summary>
    [Fact]
    public async Task Read_PausedWhileAShardIsWaitedFor_AsksTheServiceForNothing()
    {
        const string child = "shardId-000000000001";
        service.Add(Shard, "0");
        service.Add(child, "1");
        service.Shards[1].ParentShardId = Shard;
        var gate = new ClosableGate(Shard, child) { IsPaused = true };
        var positions = new Dictionary<string, string> { [Shard] = "TRIM_HORIZON", [child] = "1" };
        using var collector = BatchCollector.Read(Open(Options), positions, gate: gate);
        await gate.UntilFoundPausedAsync(10);
        Assert.Equal(0, service.Reads);

        gate.IsPaused = false;
        await collector.UntilAsync(all => all.Ids(Shard).Count == 1, "the view");
    }

    [Fact]
    public async Task Read_GateClosesWithinARead_ReadsTheRestAgainLater()
    {
        service.Add(Shard, "0", "1", "2", "3", "4");
        var gate = new ClosableGate();
        using var collector = BatchCollector.Read(Open(Options), gate: gate, onNext: (_, batch) =>
        {
            if (batch.Position == "2")
                gate.Close(Shard);
        });
        await gate.UntilRefusedAsync(Shard, 3);
        Assert.Equal(["0", "1"], collector.Ids(Shard));

        gate.Open(Shard);
        await collector.UntilAsync(all => all.Ids(Shard).Count >= 5, "all views");
        Assert.Equal(["0 1@2", "2 3@4", "4@5"], Texts(collector));
    }

    [Fact]
    public async Task Read_ArrivalTime_IsTheServices()
    {
        service.Add(Shard, "0");
        var arrival = new TaskCompletionSource<long>();
        using var subscription = Open(Options).Read(new Dictionary<string, string>(), OpenGate.Instance).Subscribe(batch =>
        {
            if (batch.ViewCount > 0)
                arrival.TrySetResult(batch.Views[0].ArrivalTime);
        });

        Assert.Equal(1_767_312_000_000, await arrival.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    private static byte[] Aggregate(int first, int count) =>
        Aggregates.Of([.. Enumerable.Range(first, count).Select(i => ("key", "9", ScriptedKinesis.View($"{i}")))]);

    private static string[] Texts(BatchCollector collector) =>
        [.. collector.Batches.Where(
            batch => batch.Ids.Count > 0
                || batch is { Status: PartitionStatus.Active, Position: not "TRIM_HORIZON" } && batch != collector.Batches[0])
            .Select(batch => $"{string.Join(' ', batch.Ids)}@{batch.Position}")];

    private Task<BatchCollector> ReadAsync(string? position = null) => ReadAsync(Open(Options), position);

    private static async Task<BatchCollector> ReadAsync(KinesisViewSource source, string? position = null)
    {
        var positions = new Dictionary<string, string>();
        if (position is not null)
            positions[Shard] = position;
        var collector = BatchCollector.Read(source, positions);
        await collector.UntilAsync(all => all.Status(Shard) == PartitionStatus.Idle, "caught up");
        return collector;
    }

    private KinesisViewSource Open(KinesisOptions options) => new(options, service, time, NullLogger.Instance);
}
