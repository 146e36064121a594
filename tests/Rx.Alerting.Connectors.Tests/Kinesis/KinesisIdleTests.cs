using Microsoft.Extensions.Logging.Abstractions;
using Rx.Alerting.Connectors.Kinesis;
using Rx.Alerting.Connectors.Tests.Contracts;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Connectors.Tests.Kinesis;

/// <summary>When a shard that has nothing more is idle, and when it is not.</summary>
public sealed class KinesisIdleTests
{
    private const string Shard = "shardId-000000000000";

    private readonly ScriptedKinesis service = new();
    private readonly JumpingTimeProvider time = new();

    [Fact]
    public async Task Read_CaughtUp_PositionSaysWhenAndAgainEveryHour()
    {
        service.Add(Shard, "0");
        service.ListsOnce = true;
        using var collector = BatchCollector.Read(Open());
        await collector.UntilAsync(
            all => all.Batches.Count(batch => batch.Status == PartitionStatus.Idle) >= 3, "told caught up three times");

        var told = collector.Batches.Where(batch => batch.Status == PartitionStatus.Idle).Select(batch => batch.Position!).ToList();
        Assert.All(told, position => Assert.StartsWith("1@17672", position, StringComparison.Ordinal));
        Assert.Equal(TimeSpan.FromHours(1), TimeSpan.FromMilliseconds(long.Parse(told[1][2..], null) - long.Parse(told[0][2..], null)));
    }

    /// <summary>A shard that is idle does not hold event time back, so the views of its children would be late.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_ShardEnds_IsActiveUntilItsChildrenAre(bool waited)
    {
        service.Add(Shard, "0");
        if (!waited)
            service.Replace(Shard, "shardId-child");
        using var collector = BatchCollector.Read(Open());
        if (waited)
        {
            await collector.UntilAsync(all => all.Status(Shard) == PartitionStatus.Idle, "caught up");
            service.Replace(Shard, "shardId-child");
        }

        await collector.UntilAsync(all => all.Status(Shard) == PartitionStatus.Finished, "the end of the shard");

        var batches = collector.Batches.ToList();
        var end = batches.FindIndex(batch => batch.Status == PartitionStatus.Finished);
        Assert.Equal(PartitionStatus.Active, batches[..end].Last(batch => batch.Partition == Shard).Status);
        Assert.Contains(batches[..end], batch => batch is { Partition: "shardId-child", Status: PartitionStatus.Active });
    }

    [Fact]
    public async Task Read_IdleShardEndsWhileItsGateIsClosed_IsActiveUntilItsChildrenAre()
    {
        service.Add(Shard, "0");
        var gate = new ClosableGate();
        using var collector = BatchCollector.Read(Open(), gate: gate);
        await collector.UntilAsync(all => all.Status(Shard) == PartitionStatus.Idle, "caught up");
        gate.Close(Shard);
        await collector.UntilAsync(all => all.Status(Shard) == PartitionStatus.Active, "held");
        var held = collector.Batches.Count;

        service.Replace(Shard, "shardId-child");
        gate.Open(Shard);
        await collector.UntilAsync(all => all.Status(Shard) == PartitionStatus.Finished, "the end of the shard");

        Assert.DoesNotContain(collector.Batches.Skip(held), batch => batch.Partition == Shard && batch.Status == PartitionStatus.Idle);
    }

    private KinesisViewSource Open() => new(new() { StreamName = "views" }, service, time, NullLogger.Instance);
}
