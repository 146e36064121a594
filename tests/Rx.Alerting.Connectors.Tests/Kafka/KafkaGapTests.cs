using Confluent.Kafka;
using Rx.Alerting.Connectors.Kafka;
using Rx.Alerting.Connectors.Positions;
using Rx.Alerting.Connectors.Tests.Contracts;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Tests.Kafka;

public sealed class KafkaGapTests(KafkaFixture kafka)
{
    [Theory]
    [InlineData(OnGap.Fail)]
    [InlineData(OnGap.Skip)]
    public async Task Read_PositionThatRetentionPassed_FailsOrSkipsAndCounts(OnGap onGap)
    {
        using var topic = kafka.Topic();
        topic.Write(0, 0, 100);
        await topic.Admin.DeleteRecordsAsync([new TopicPartitionOffset(topic.Name, 0, 60)]);
        var positions = new Dictionary<string, string> { [topic.Name + "-0"] = "20" };

        using var reading = new KafkaCollector(topic.Options with { OnGap = onGap }, positions);

        if (onGap == OnGap.Fail)
        {
            var failure = reading.Failure();
            Assert.Equal(KafkaProblem.Gap, failure.Problem);
            Assert.Equal(
                $"{topic.Name}-0: 40 records from offset 20 on were removed by retention; set Kafka:OnGap to skip to go on without them.",
                failure.Message);
            return;
        }

        reading.Until(40);
        Assert.Equal(Enumerable.Range(60, 40), reading.Titles);
        var counters = ((KafkaViewSource)reading.Source).Counters;
        Assert.Equal((40, 1), (counters.SkippedRecords, counters.Gaps));
    }

    [Theory]
    [InlineData(OnGap.Fail)]
    [InlineData(OnGap.Skip)]
    public async Task Read_TopicRecreated_FailsOrStartsAtItsBeginning(OnGap onGap)
    {
        using var topic = kafka.Topic();
        topic.Write(0, 0, 10);
        using var before = new KafkaCollector(topic.Options);
        before.Until(10);
        before.Dispose();
        await topic.Admin.DeleteTopicsAsync([topic.Name]);
        await Eventually(() => topic.CreateAgain(1));
        await Eventually(() => topic.Write(0, 100, 20));

        using var reading = new KafkaCollector(topic.Options with { OnGap = onGap }, before.Positions);

        if (onGap == OnGap.Fail)
        {
            Assert.Equal(KafkaProblem.TopicRecreated, reading.Failure().Problem);
            return;
        }

        reading.Until(20);
        Assert.Equal(Enumerable.Range(100, 20), reading.Titles);
        Assert.Equal(1, ((KafkaViewSource)reading.Source).Counters.RecreatedPartitions);
    }

    [Theory]
    [InlineData(OnGap.Fail)]
    [InlineData(OnGap.Skip)]
    public void Read_TopicRecreatedWithFewerPartitions_FailsOrFinishesAndForgetsTheOthers(OnGap onGap)
    {
        using var topic = kafka.Topic();
        topic.Write(0, 0, 10);
        var positions = new Dictionary<string, string> { [topic.Name + "-0"] = "5", [topic.Name + "-1"] = "7" };

        using var reading = new KafkaCollector(topic.Options with { OnGap = onGap }, positions);

        if (onGap == OnGap.Fail)
        {
            Assert.Equal(
                (
                    KafkaProblem.TopicRecreated,
                    $"{topic.Name}-1: the topic was created again, with fewer partitions, since offset 7 was read; "
                    + $"set Kafka:OnGap to skip to go on without this one."),
                (reading.Failure().Problem, reading.Failure().Message));
            return;
        }

        reading.UntilIdle(topic.Name + "-0");
        Assert.Equal(Enumerable.Range(5, 5), reading.Titles);
        Assert.Equal(
            (PartitionStatus.Finished, 0),
            reading.Batches.Where(batch => batch.Partition == topic.Name + "-1").Select(batch => (batch.Status, batch.Views)).Single());
        Assert.Equal([topic.Name + "-0"], reading.Positions.Keys);
        Assert.Equal(1, ((KafkaViewSource)reading.Source).Counters.RecreatedPartitions);
    }

    [Fact]
    public async Task Read_RetentionPassesWhilePartitionsAreAdded_ReadsTheNewOnesToo()
    {
        using var topic = kafka.Topic();
        topic.Write(0, 0, 1);
        var gate = new ClosableGate();
        using var reading = new KafkaCollector(
            topic.Options with { OnGap = OnGap.Skip, DiscoveryInterval = TimeSpan.FromHours(1), QueuedKilobytes = 1024 }, gate: gate);
        reading.UntilIdle(topic.Name + "-0");
        gate.Close(topic.Name + "-0");
        await gate.UntilRefusedAsync(topic.Name + "-0", 1);

        // More records than are fetched ahead, so that the record at which reading goes on is gone.
        topic.Write(0, Enumerable.Repeat(new byte[200_000], 100));
        topic.Write(0, 1, 1);
        await topic.GrowAsync(2);
        await topic.Admin.DeleteRecordsAsync([new TopicPartitionOffset(topic.Name, 0, 101)]);
        await Eventually(() => topic.Write(1, 2, 1));
        gate.Open(topic.Name + "-0");

        reading.Until(3);
        Assert.Equal(Enumerable.Range(0, 3), reading.Titles);
    }

    [Fact]
    public void Read_TopicMissing_FailsWithAMessageThatSaysWhatToDo()
    {
        using var topic = KafkaTopic.Missing(kafka.BootstrapServers);
        using var reading = new KafkaCollector(topic.Options);

        var failure = reading.Failure();

        Assert.Equal((KafkaProblem.TopicMissing, true), (failure.Problem, failure.MayPass));
        Assert.Equal($"The topic {topic.Name} does not exist, or was deleted; create it, or correct Kafka:Topic.", failure.Message);
    }

    [Fact]
    public async Task Read_TopicDeletedMeanwhile_Fails()
    {
        using var topic = kafka.Topic();
        topic.Write(0, 0, 10);
        using var reading = new KafkaCollector(topic.Options);
        reading.Until(10);

        await topic.Admin.DeleteTopicsAsync([topic.Name]);

        Assert.Equal(KafkaProblem.TopicMissing, reading.Failure().Problem);
    }

    [Fact]
    public void Read_PositionOfAnotherSource_Fails()
    {
        using var topic = kafka.Topic();
        topic.Write(0, 0, 1); // All brokers must know the topic, which was made a moment ago.

        using var reading = new KafkaCollector(topic.Options, new Dictionary<string, string> { [topic.Name + "-0"] = "abc" });

        Assert.Equal(KafkaProblem.Position, reading.Failure().Problem);
    }

    private static async Task Eventually(Action action)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                action();
                return;
            }
            catch (KafkaException) when (attempt < 50)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        }
    }
}
