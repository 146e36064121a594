using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;
using Rx.Alerting.Connectors.Kafka;
using Rx.Alerting.Connectors.Kafka.Reading;
using Rx.Alerting.Connectors.Positions;
using Rx.Alerting.Connectors.Tests.Contracts;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Tests.Kafka;

public sealed class KafkaViewSourceTests(KafkaFixture kafka)
{
    [Fact]
    public void Read_SeveralPartitions_AnnouncesAllAndGivesEveryViewOnceWithItsArrival()
    {
        using var topic = kafka.Topic(partitions: 3, stamps: true);
        for (var partition = 0; partition < 3; partition++)
            topic.Write(partition, partition * 5000, 5000);

        using var reading = new KafkaCollector(topic.Options);
        reading.Until(15_000);

        Assert.Equal(Enumerable.Range(0, 15_000), reading.Titles);
        Assert.All(reading.Batches.Take(3), batch => Assert.Equal((PartitionStatus.Active, 0), (batch.Status, batch.Views)));
        Assert.All(reading.Views, view => Assert.True(view.Arrival > 0));
    }

    [Fact]
    public void Read_FromAnyBatchesPosition_GoesOnWithoutGapOrDuplicate()
    {
        using var topic = kafka.Topic(partitions: 2);
        topic.Write(0, 0, 3000);
        topic.Write(1, 3000, 3000);
        using var first = new KafkaCollector(topic.Options with { BatchViews = 100 });
        first.Until(2000);
        first.Dispose();
        var (positions, before) = (first.Positions, first.Titles.Count);

        using var second = new KafkaCollector(topic.Options, positions);
        second.Until(6000 - before);

        Assert.Equal(Enumerable.Range(0, 6000), first.Titles.Concat(second.Titles).Order());
    }

    [Fact]
    public void Read_EndOfPartition_IsIdleAndActiveAgainWithTheNextView()
    {
        using var topic = kafka.Topic();
        topic.Write(0, 0, 10);
        using var reading = new KafkaCollector(topic.Options);
        reading.Until(10).UntilIdle(topic.Name + "-0");

        topic.Write(0, 10, 1);
        reading.Until(11).UntilIdle(topic.Name + "-0");

        Assert.Equal(Enumerable.Range(0, 11), reading.Titles);
    }

    [Fact]
    public async Task Read_NewPartition_IsAnnouncedAndReadFromItsBeginning()
    {
        using var topic = kafka.Topic();
        using var reading = new KafkaCollector(topic.Options with { StartAt = StartAt.Latest });
        reading.UntilIdle(topic.Name + "-0");

        await topic.GrowAsync(2);
        topic.Write(1, 0, 100);
        reading.Until(100);

        Assert.Equal(0, reading.Batches.First(batch => batch.Partition == topic.Name + "-1").Views);
        Assert.Equal(Enumerable.Range(0, 100), reading.Titles);
    }

    [Fact]
    public void Read_LatestByAMemberOfAGroup_StartsWithWhatCameSinceTheMember()
    {
        using var topic = kafka.Topic(stamps: true);
        topic.Write(0, 0, 10);
        using var all = new KafkaCollector(topic.Options);
        var since = DateTimeOffset.FromUnixTimeMilliseconds(all.Until(10).Views[^1].Arrival + 1);
        topic.Write(0, 10, 10);
        all.Until(20);

        var options = topic.Options with { StartAt = StartAt.Latest };
        using var member = new KafkaCollector(Source(since));
        using var late = new KafkaCollector(Source(since.AddDays(1)));
        member.Until(10);
        late.UntilIdle(topic.Name + "-0");
        topic.Write(0, 20, 1);

        Assert.Equal(Enumerable.Range(10, 11), member.Until(11).Titles);
        Assert.Equal([20], late.Until(1).Titles);

        KafkaViewSource Source(DateTimeOffset from) =>
            new(
                options,
                new GroupAssignment(
                    0, from, _ => { }, new(TimeProvider.System, NullLogger.Instance), new(), new(options, NullLogger.Instance)),
                TimeProvider.System,
                NullLogger<KafkaViewSource>.Instance);
    }

    [Fact]
    public void Read_GateClosed_HoldsThatPartitionAndLosesNothing()
    {
        using var topic = kafka.Topic(partitions: 2);
        topic.Write(0, 0, 5000);
        topic.Write(1, 5000, 5000);
        var gate = new ClosableGate(topic.Name + "-0");
        using var reading = new KafkaCollector(topic.Options with { BatchViews = 100 }, gate: gate);
        reading.Until(() => reading.Titles.Count(title => title >= 5000) == 5000);
        Assert.DoesNotContain(0, reading.Titles);

        gate.Open(topic.Name + "-0");
        reading.Until(10_000);

        Assert.Equal(Enumerable.Range(0, 10_000), reading.Titles);
    }

    [Fact]
    public void Read_TombstoneEmptyValueAndRubbish_AreRejectedAndToldApart()
    {
        using var topic = kafka.Topic();
        topic.WriteRaw(0, null);
        topic.WriteRaw(0, []);
        topic.WriteRaw(0, [1, 2, 3]);
        topic.Write(0, 0, 1);

        using var reading = new KafkaCollector(topic.Options);
        reading.Until(1);

        Assert.Equal(3, reading.Rejected);
        Assert.Equal(1, reading.Tombstones);
    }

    [Fact]
    public void Read_SeveralRecordsInAValue_AreViewsOfTheirOwn()
    {
        using var topic = kafka.Topic();
        topic.WriteRaw(0, [.. KafkaTopic.View(0), .. "\r\n"u8]);
        topic.WriteRaw(0, [.. KafkaTopic.View(1), .. "\n\n"u8, .. KafkaTopic.View(2), (byte)'\n']);
        topic.WriteRaw(0, [.. KafkaTopic.View(3), .. KafkaTopic.View(4)]);
        topic.WriteRaw(0, KafkaTopic.View(5));

        using var reading = new KafkaCollector(topic.Options with { BatchViews = 1 });
        reading.Until(6).UntilIdle(topic.Name + "-0");

        Assert.Equal([0, 1, 2, 3, 4, 5], reading.Titles);
        Assert.Equal(0, reading.Rejected);
        Assert.StartsWith("4@", reading.Positions[topic.Name + "-0"], StringComparison.Ordinal);
    }

    [Fact]
    public void Committed_Positions_AreVisibleInTheGroup()
    {
        using var topic = kafka.Topic();
        topic.Write(0, 0, 10);
        using var reading = new KafkaCollector(topic.Options);
        reading.Until(10).UntilIdle(topic.Name + "-0");

        reading.Source.Committed(reading.Positions);

        using var group = new ConsumerBuilder<Ignore, Ignore>(
            new ConsumerConfig { BootstrapServers = topic.Options.BootstrapServers, GroupId = topic.Name }).Build();
        Assert.True(SpinWait.SpinUntil(
            () => group.Committed([new TopicPartition(topic.Name, 0)], TimeSpan.FromSeconds(10))[0].Offset.Value == 10,
            TimeSpan.FromSeconds(20)));
    }
}
