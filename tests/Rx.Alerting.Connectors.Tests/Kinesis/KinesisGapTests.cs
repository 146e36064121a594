using Amazon.Kinesis.Model;
using Microsoft.Extensions.Logging.Abstractions;
using Rx.Alerting.Connectors.Kinesis;
using Rx.Alerting.Connectors.Positions;
using Rx.Alerting.Connectors.Tests.Contracts;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Connectors.Tests.Kinesis;

/// <summary>The retention passes what is to be read next while a shard is read.</summary>
public sealed class KinesisGapTests
{
    private const string Shard = "shardId-000000000000";
    private static readonly KinesisOptions Options = new() { StreamName = "views", MaximumRecords = 2, OnGap = OnGap.Skip };

    private readonly ScriptedKinesis service = new();
    private readonly JumpingTimeProvider time = new();

    public KinesisGapTests()
    {
        service.Add(Shard, "1", "2", "3", "4", "5", "6");
        service.ListsOnce = true;
    }

    [Fact]
    public async Task Read_GapBehindAnExpiredIterator_FailsByDefault()
    {
        using var source = Open(Options with { OnGap = OnGap.Fail });
        using var collector = BatchCollector.Read(source, onNext: At("2", ExpireBehindAGap));

        var failure = await Assert.ThrowsAsync<KinesisSourceException>(() => IdleAsync(collector));

        Assert.StartsWith($"Shard {Shard} of stream views no longer has what comes behind 2: ", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["1", "2"], collector.Ids(Shard));
    }

    [Fact]
    public async Task Read_GapBehindAnExpiredIterator_SkipCountsAndGoesOn()
    {
        using var source = Open(Options);
        using var collector = BatchCollector.Read(source, onNext: At("2", ExpireBehindAGap));
        await IdleAsync(collector);

        Assert.Equal(["1", "2", "5", "6"], collector.Ids(Shard));
        Assert.Equal(1, source.Statistics.Gaps);
    }

    [Fact]
    public async Task Read_PipelineSlowerThanTheRetention_IsAGap()
    {
        using var source = Open(Options);
        using var collector = BatchCollector.Read(source, onNext: At("2", BeSlow));
        await IdleAsync(collector);

        Assert.Equal(["1", "2", "5", "6"], collector.Ids(Shard));
        Assert.Equal(1, source.Statistics.Gaps);
    }

    [Fact]
    public async Task Read_GateClosesWithinAReadForLongerThanTheRetention_IsAGap()
    {
        var gate = new ClosableGate();
        using var source = Open(Options with { BatchViews = 1 });
        using var collector = BatchCollector.Read(source, gate: gate, onNext: At("1", () => gate.Close(Shard)));
        await gate.UntilRefusedAsync(Shard, 3);

        BeSlow();
        gate.Open(Shard);
        await IdleAsync(collector);

        Assert.Equal(["1", "5", "6"], collector.Ids(Shard));
        Assert.Equal(1, source.Statistics.Gaps);
    }

    /// <summary>All records behind the last record came lately.</summary>
    [Fact]
    public async Task Read_CaughtUpShardForgotItsLastRecord_IsNoGap()
    {
        using var source = Open(Options);
        using var collector = BatchCollector.Read(source, onNext: At("6", () =>
        {
            service.Add(Shard, "7");
            service.Oldest = 7;
            service.Fail(new ExpiredIteratorException("old"));
        }));
        await IdleAsync(collector);

        Assert.Equal(["1", "2", "3", "4", "5", "6", "7"], collector.Ids(Shard));
        Assert.Equal(0, source.Statistics.Gaps);
    }

    [Fact]
    public async Task Read_BacklogWithoutPauses_LooksForAGapOnlyWhenItBegins()
    {
        using var collector = BatchCollector.Read(Open(Options), new Dictionary<string, string> { [Shard] = "1" });
        await IdleAsync(collector);

        Assert.Single(service.Iterators, iterator => iterator.ShardIteratorType!.Value == "TRIM_HORIZON");
    }

    private static Action<BatchCollector, PushedBatch> At(string position, Action action) => (_, batch) =>
    {
        if (batch.Position == position)
            action();
    };

    private static Task IdleAsync(BatchCollector collector) =>
        collector.UntilAsync(all => all.Status(Shard) == PartitionStatus.Idle, "caught up");

    private void ExpireBehindAGap()
    {
        service.Oldest = 5;
        service.Fail(new ExpiredIteratorException("old"));
    }

    private void BeSlow()
    {
        time.Advance(TimeSpan.FromHours(25));
        service.Oldest = 5;
    }

    private KinesisViewSource Open(KinesisOptions options) => new(options, service, time, NullLogger.Instance);
}
