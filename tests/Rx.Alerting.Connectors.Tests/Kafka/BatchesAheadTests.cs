using System.Reactive;
using Confluent.Kafka;
using Rx.Alerting.Connectors.Kafka;
using Rx.Alerting.Connectors.Kafka.Reading;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Tests.Kafka;

public sealed class BatchesAheadTests : IDisposable
{
    private readonly KafkaOptions options = new() { BootstrapServers = "none", Topic = "views" };
    private readonly BatchesAhead ahead = new();
    private readonly PartitionReader first;
    private readonly PartitionReader second;

    public BatchesAheadTests() => (first, second) = (Partition(0), Partition(1));

    [Fact]
    public void Take_FewAhead_GivesOnlyWhenAllAreAskedFor()
    {
        var oldest = Add(first);

        Assert.Null(ahead.Take(all: false));
        Assert.Same(oldest, ahead.Take(all: true));
        Assert.Null(ahead.Take(all: true));
    }

    [Fact]
    public void Take_ManyAhead_GivesTheOldestOfThem()
    {
        RecordBatch[] added = [.. Enumerable.Range(0, 6).Select(number => Add(number % 2 == 0 ? first : second))];

        Assert.Same(added[0], ahead.Take(all: false));
        Assert.Same(added[1], ahead.Take(all: false));
        Assert.Null(ahead.Take(all: false));
        Assert.Equal((2, 2), (first.Ahead, second.Ahead));
    }

    [Fact]
    public void Take_GateOfAPartitionIsClosed_KeepsItsBatchesUntilItOpens()
    {
        var (held, free) = (Add(first), Add(second));
        first.IsOpen = false;

        Assert.Same(free, ahead.Take(all: true));
        Assert.False(ahead.Any);
        Assert.Null(ahead.Take(all: true));
        first.IsOpen = true;
        Assert.Same(held, ahead.Take(all: true));
    }

    [Fact]
    public void WithdrawIdle_IdleBatchesAhead_BecomeActiveOfThatPartitionOnly()
    {
        var (held, other) = (Add(first, PartitionStatus.Idle), Add(second, PartitionStatus.Idle));

        ahead.WithdrawIdle(first);

        Assert.Equal((PartitionStatus.Active, PartitionStatus.Idle), (held.Views.Status, other.Views.Status));
        Assert.Equal((false, true), (first.ToldIdle, second.ToldIdle));
    }

    [Fact]
    public void WithdrawIdle_PartitionWasToldIdle_IsToldActiveOnceAtItsPosition()
    {
        var told = new List<(PartitionStatus Status, string? Position)>();
        var observer = Observer.Create<ViewBatch>(batch => told.Add((batch.Status, batch.Position)));
        Add(first, PartitionStatus.Idle);
        first.Push(ahead.Take(all: true)!, observer);

        first.WithdrawIdle(observer);
        first.WithdrawIdle(observer);

        Assert.Equal([(PartitionStatus.Idle, "7@id"), (PartitionStatus.Active, "7@id")], told);
        Assert.False(first.ToldIdle);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 5)]
    [InlineData(2, 3)]
    [InlineData(4, 2)]
    [InlineData(100, 2)]
    public void MostOf_Partitions_ShareWhatIsEnough(int partitions, int most) => Assert.Equal(most, BatchesAhead.MostOf(partitions));

    public void Dispose()
    {
        ahead.Dispose();
        first.Dispose();
        second.Dispose();
    }

    private PartitionReader Partition(int number) => new(new TopicPartition("views", number), $"views-{number}", options);

    private RecordBatch Add(PartitionReader partition, PartitionStatus status = PartitionStatus.Active)
    {
        var batch = new RecordBatch(partition, options);
        batch.BeginDecoding("7@id", status);
        partition.ToldIdle = status == PartitionStatus.Idle;
        ahead.Add(batch);
        return batch;
    }
}
