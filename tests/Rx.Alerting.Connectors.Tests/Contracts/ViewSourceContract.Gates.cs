using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Tests.Contracts;

/// <content>The cases of gates, idle and finished partitions.</content>
public abstract partial class ViewSourceContract
{
    [Fact]
    public async Task Read_GateClosedFromTheStart_OnlyThatPartitionWaitsAndIsNotIdle()
    {
        await using var fixture = await FilledAsync(3);
        var closed = fixture.Partitions[0];
        var gate = new ClosableGate(closed);
        using var collector = BatchCollector.Read(fixture.Open(), gate: gate);
        await collector.UntilAsync(
            _ => fixture.Partitions.Skip(1).All(partition => collector.Ids(partition).Count >= Views), "views of the open partitions");
        await gate.UntilRefusedAsync(closed, 3);

        Assert.All(
            collector.Batches.Where(batch => batch.Partition == closed),
            batch => Assert.Equal((0, PartitionStatus.Active), (batch.Ids.Count, batch.Status)));
        gate.Open(closed);
        await AllAsync(fixture, collector);
        AssertViews(fixture, collector);
    }

    [Fact]
    public async Task Read_GateClosesInMidStream_ThatPartitionStopsBehindTheBatch()
    {
        await using var fixture = await FilledAsync(2);
        var (closed, other) = (fixture.Partitions[0], fixture.Partitions[1]);
        var gate = new ClosableGate();
        var once = 0;
        using var collector = BatchCollector.Read(fixture.Open(), gate: gate, onNext: (_, batch) =>
        {
            if (batch.Partition == closed && batch.Ids.Count > 0 && once++ == 0)
                gate.Close(closed);
        });
        await gate.UntilRefusedAsync(closed, 1);
        var before = collector.Ids(closed);
        await collector.UntilAsync(_ => collector.Ids(other).Count >= Views, "views of the open partition");
        await gate.UntilRefusedAsync(closed, 2);

        Assert.InRange(before.Count, 1, Views - 1);
        Assert.Equal(before, collector.Ids(closed));
        Assert.Equal(PartitionStatus.Active, collector.Status(closed));
        gate.Open(closed);
        await AllAsync(fixture, collector);
        AssertViews(fixture, collector);
    }

    [Fact]
    public async Task Read_AllGatesClosed_AsksAgainAndGoesOn()
    {
        await using var fixture = await FilledAsync(2);
        var gate = new ClosableGate(fixture.Partitions);
        using var collector = BatchCollector.Read(fixture.Open(), gate: gate);
        foreach (var partition in fixture.Partitions)
            await gate.UntilRefusedAsync(partition, 3);

        Assert.All(collector.Batches, batch => Assert.Equal((0, PartitionStatus.Active), (batch.Ids.Count, batch.Status)));
        foreach (var partition in fixture.Partitions)
            gate.Open(partition);
        await AllAsync(fixture, collector);
        AssertViews(fixture, collector);
    }

    [Fact]
    public async Task Read_GatesClosedAndDisposed_AsksNoMore()
    {
        await using var fixture = await FilledAsync(1);
        var gate = new ClosableGate(fixture.Partitions);
        var collector = BatchCollector.Read(fixture.Open(), gate: gate);
        await gate.UntilRefusedAsync(fixture.Partitions[0], 2);
        await Task.Run(collector.Dispose, TestContext.Current.CancellationToken).WaitAsync(
            TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        var before = collector.Batches.Count;
        gate.Open(fixture.Partitions[0]);
        Assert.False(await HappensAsync(() => collector.Batches.Count > before));
    }

    [Fact]
    public async Task Read_CaughtUp_IsIdleUntilViewsCome()
    {
        await using var fixture = await FilledAsync(2);
        Needs(fixture, SourceAbilities.Follow | SourceAbilities.Idle);
        using var collector = BatchCollector.Read(fixture.Open());
        await AllAsync(fixture, collector);

        for (var round = 1; round <= 3; round++)
        {
            await AppendAsync(fixture, 0, Views + round - 1, 1);
            await collector.UntilAsync(
                _ => collector.Ids(fixture.Partitions[0]).Count >= Views + round && Settled(fixture, collector),
                "the new view, and idle behind it");
        }

        Assert.Equal(Ids(0, Views + 3), collector.Ids(fixture.Partitions[0]));
        Assert.Equal(Ids(1, Views), collector.Ids(fixture.Partitions[1]));
    }

    [Fact]
    public async Task Read_GateOfAnIdlePartitionCloses_IsToldActiveAndIsReadBehindIt()
    {
        await using var fixture = await FilledAsync(2);
        Needs(fixture, SourceAbilities.Follow | SourceAbilities.Idle | SourceAbilities.Hold);
        var (held, empty) = (fixture.Partitions[0], fixture.Partitions[1]);
        var gate = new ClosableGate();
        using var collector = BatchCollector.Read(fixture.Open(), gate: gate);
        await AllAsync(fixture, collector);
        gate.Close(held);
        gate.Close(empty);
        await gate.UntilRefusedAsync(held, 1);
        await gate.UntilRefusedAsync(empty, 1);
        await AppendAsync(fixture, 0, Views, 1);
        await collector.UntilAsync(
            _ => fixture.Partitions.All(partition => collector.Status(partition) == PartitionStatus.Active), "both told active");
        Assert.False(await HappensAsync(() => collector.Ids(held).Count > Views || collector.Status(held) == PartitionStatus.Idle));

        gate.Open(held);
        gate.Open(empty);
        await collector.UntilAsync(
            _ => collector.Ids(held).Count > Views && Settled(fixture, collector), "the new view, and idle behind it");
        Assert.Equal(Ids(1, Views), collector.Ids(empty));
    }

    [Fact]
    public async Task Read_IdlePartitionResumed_IsToldIdleAgain()
    {
        await using var fixture = await FilledAsync(2);
        Needs(fixture, SourceAbilities.Idle);
        using var first = BatchCollector.Read(fixture.Open());
        await AllAsync(fixture, first);
        first.Dispose();
        using var resumed = BatchCollector.Read(fixture.Open(), first.Positions());
        await resumed.UntilAsync(_ => Settled(fixture, resumed), "idle without views");
        Assert.DoesNotContain(resumed.Batches, batch => batch.Ids.Count > 0);
    }

    [Fact]
    public async Task Read_AllPartitionsFinished_Completes()
    {
        await using var fixture = await FilledAsync(2);
        Needs(fixture, SourceAbilities.Finish);
        using var collector = BatchCollector.Read(fixture.Open());
        await fixture.FinishAsync(0);
        await fixture.FinishAsync(1);
        await collector.UntilAsync(_ => collector.Completed, "completion");

        foreach (var partition in fixture.Partitions)
        {
            Assert.Equal(PartitionStatus.Finished, collector.Status(partition));
            Assert.Single(collector.Batches, batch => batch.Partition == partition && batch.Status == PartitionStatus.Finished);
        }

        AssertViews(fixture, collector);
        Assert.False(collector.Overlapped);
    }
}
