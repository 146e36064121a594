using Microsoft.Extensions.Logging.Abstractions;
using Rx.Alerting.Connectors.Kinesis;
using Rx.Alerting.Connectors.Tests.Contracts;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Connectors.Tests.Kinesis;

/// <summary>How far the source says that it has read.</summary>
public sealed class KinesisProgressTests
{
    private const string Shard = "shardId-000000000000";

    private readonly ScriptedKinesis service = new();

    [Fact]
    public async Task Progress_CaughtUp_HasNoLag()
    {
        service.Add(Shard, "0");
        var source = new KinesisViewSource(new() { StreamName = "views" }, service, new JumpingTimeProvider(), NullLogger.Instance);
        using var collector = BatchCollector.Read(source);
        await collector.UntilAsync(all => all.Status(Shard) == PartitionStatus.Idle, "caught up");

        var progress = await source.UntilAsync(Shard, one => one.LagTime == TimeSpan.Zero);

        Assert.Equal((null, null, false), (progress.Position, progress.LagRecords, progress.IsPaused));
        Assert.Equal(1, source.Counts.Single(one => one.Name == "kinesis_records").Value);
    }

    [Fact]
    public async Task Progress_GateIsClosed_IsPaused()
    {
        service.Add(Shard, "0");
        var gate = new ClosableGate(Shard);
        var source = new KinesisViewSource(new() { StreamName = "views" }, service, new JumpingTimeProvider(), NullLogger.Instance);
        using var collector = BatchCollector.Read(source, gate: gate);

        Assert.Null((await source.UntilAsync(Shard, one => one.IsPaused)).LagTime);

        gate.Open(Shard);
        await source.UntilAsync(Shard, one => !one.IsPaused);
    }

    /// <summary>Nobody knows what has come meanwhile. A lag that stays small would look as if all were well.</summary>
    [Fact]
    public async Task Progress_NothingIsReadAfterTheShardWasCaughtUp_FallsBehind()
    {
        service.Add(Shard, "0");
        var gate = new ClosableGate();
        var source = new KinesisViewSource(new() { StreamName = "views" }, service, new JumpingTimeProvider(), NullLogger.Instance);
        using var collector = BatchCollector.Read(source, gate: gate);
        await source.UntilAsync(Shard, one => one.LagTime == TimeSpan.Zero);

        gate.Close(Shard);

        await source.UntilAsync(Shard, one => one.IsPaused && one.LagTime > TimeSpan.FromMinutes(1));
        gate.Open(Shard);
        await source.UntilAsync(Shard, one => one.LagTime == TimeSpan.Zero);
    }

    [Fact]
    public async Task Progress_ReadingHasEnded_IsNone()
    {
        service.Add(Shard, "0");
        var source = new KinesisViewSource(new() { StreamName = "views" }, service, new JumpingTimeProvider(), NullLogger.Instance);
        using (BatchCollector.Read(source))
            await source.UntilAsync(Shard, _ => true);

        Assert.True(SpinWait.SpinUntil(() => source.Progress.Count == 0, TimeSpan.FromSeconds(30)));
    }
}
