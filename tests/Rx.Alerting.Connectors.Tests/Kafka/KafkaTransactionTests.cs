using Rx.Alerting.Connectors.Kafka;
using Rx.Alerting.Connectors.Positions;

namespace Rx.Alerting.Connectors.Tests.Kafka;

/// <summary>What producers write in transactions.</summary>
public sealed class KafkaTransactionTests(KafkaFixture kafka)
{
    [Fact]
    public void Read_CommittedAndAborted_GivesTheCommittedAndTakesMarkersForNoGap()
    {
        using var topic = kafka.Topic();
        using var writer = new TransactionalWriter(topic);
        writer.Begin().Write(0, 10).Commit();
        writer.Begin().Write(10, 10).Abort();
        writer.Begin().Write(20, 10).Commit();

        using var reading = new KafkaCollector(topic.Options);
        reading.Until(20).UntilIdle(topic.Name + "-0");
        Assert.Equal(Enumerable.Range(0, 10).Concat(Enumerable.Range(20, 10)), reading.Titles);
        // Thirty records and a marker behind each ten.
        Assert.StartsWith("33", reading.Positions[topic.Name + "-0"], StringComparison.Ordinal);
        reading.Dispose();

        writer.Begin().Write(30, 10).Commit();
        using var resumed = new KafkaCollector(topic.Options, reading.Positions);
        resumed.Until(10).UntilIdle(topic.Name + "-0");
        Assert.Equal(Enumerable.Range(30, 10), resumed.Titles);
        Assert.Equal(0, ((KafkaViewSource)resumed.Source).Counters.Gaps);
    }

    [Fact]
    public void Read_NothingButAnAbortedTransaction_IsIdleBehindIt()
    {
        using var topic = kafka.Topic();
        using var writer = new TransactionalWriter(topic);
        writer.Begin().Write(0, 10).Abort();

        using var reading = new KafkaCollector(topic.Options);

        reading.UntilIdle(topic.Name + "-0");
        Assert.StartsWith("11", reading.Positions[topic.Name + "-0"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_TransactionBeginsInAnIdlePartition_IsActiveUntilItEnds(bool commit)
    {
        using var topic = kafka.Topic();
        using var writer = new TransactionalWriter(topic);
        topic.Write(0, 0, 5);
        using var reading = new KafkaCollector(topic.Options);
        reading.Until(5).UntilIdle(topic.Name + "-0");

        writer.Begin().Write(5, 5);
        reading.UntilActive(topic.Name + "-0");
        topic.Write(0, 10, 5);
        if (commit)
            writer.Commit();
        else
            writer.Abort();

        reading.Until(commit ? 15 : 10).UntilIdle(topic.Name + "-0");
        Assert.Equal(Enumerable.Range(0, 15).Where(title => commit || title is < 5 or >= 10), reading.Titles);
    }

    [Fact]
    public void Read_ProducerOfATransactionIsGone_WaitsUntilTheBrokerAbortsIt()
    {
        using var topic = kafka.Topic();
        using (var writer = new TransactionalWriter(topic, timeout: TimeSpan.FromSeconds(2)))
            writer.Begin().Write(0, 5);
        topic.Write(0, 5, 5);

        using var reading = new KafkaCollector(topic.Options);

        reading.Until(5).UntilIdle(topic.Name + "-0");
        Assert.Equal(Enumerable.Range(5, 5), reading.Titles);
    }

    [Fact]
    public async Task Read_Compacted_IsIdleAtItsEndThoughOffsetsAreMissing()
    {
        const int rounds = 60;
        using var topic = kafka.Topic();
        await topic.CompactAsync();
        using var writer = new TransactionalWriter(topic);
        for (var title = 0; title < rounds; title++)
        {
            writer.Begin().WriteKeyed(title, key: (byte)(title % 2));
            if (title % 3 == 0)
                writer.Abort();
            else
                writer.Commit();
        }

        var titles = Enumerable.Range(0, rounds).ToList();
        for (var attempt = 0; titles.Count > rounds / 2; attempt++)
        {
            Assert.True(attempt < 200, "The broker does not compact the topic.");
            using var reading = new KafkaCollector(topic.Options);
            reading.UntilIdle(topic.Name + "-0");
            titles = [.. reading.Titles];
            Assert.StartsWith($"{2 * rounds}", reading.Positions[topic.Name + "-0"], StringComparison.Ordinal);
        }

        Assert.Equal([rounds - 2, rounds - 1], titles[^2..]);
        using var open = new KafkaCollector(topic.Options);
        open.UntilIdle(topic.Name + "-0");
        writer.Begin().WriteKeyed(rounds, key: 0);
        open.UntilActive(topic.Name + "-0");
        writer.Abort();
        open.UntilIdle(topic.Name + "-0");
    }

    [Fact]
    public void Read_Uncommitted_IsIdleBehindAnOpenTransaction()
    {
        using var topic = kafka.Topic();
        using var writer = new TransactionalWriter(topic);
        writer.Begin().Write(0, 5);

        using var reading = new KafkaCollector(topic.Options with { Settings = "isolation.level=read_uncommitted" });
        reading.Until(5).UntilIdle(topic.Name + "-0");
        writer.Abort();
        topic.Write(0, 5, 5);

        reading.Until(10).UntilIdle(topic.Name + "-0");
        Assert.Equal(Enumerable.Range(0, 10), reading.Titles);
    }

    [Fact]
    public void Delay_OpenTransaction_IsSaidUntilItEnds()
    {
        using var topic = kafka.Topic();
        using var writer = new TransactionalWriter(topic);
        topic.Write(0, 0, 5);
        writer.Begin().Write(5, 5);
        topic.Write(0, 10, 5);
        var log = new RecordedLog<KafkaViewSource>();
        using var reading = new KafkaCollector(new KafkaViewSource(topic.Options, new FastTime(), log));

        log.Until(4115);
        Assert.StartsWith($"{topic.Name}-0 cannot be read on behind offset 5 for ", reading.Source.Delay, StringComparison.Ordinal);
        Assert.Contains("a producer has a transaction open there", reading.Source.Delay, StringComparison.Ordinal);
        Assert.DoesNotContain(reading.Batches, batch => batch.Status == Core.Views.PartitionStatus.Idle);
        Assert.Null(reading.Source.Trouble);
        writer.Commit();

        reading.Until(15).UntilIdle(topic.Name + "-0");
        log.Until(4116);
        Assert.Null(reading.Source.Delay);
    }

    [Fact]
    public void Delay_TransactionBeginsAfterAnIdleHour_IsNotAnHour()
    {
        using var topic = kafka.Topic();
        using var writer = new TransactionalWriter(topic);
        var log = new RecordedLog<KafkaViewSource>();
        var time = new FastTime(speed: 1);
        using var reading = new KafkaCollector(new KafkaViewSource(topic.Options, time, log));
        reading.UntilIdle(topic.Name + "-0");
        time.Jump(TimeSpan.FromHours(1));

        writer.Begin().Write(0, 5);
        reading.UntilActive(topic.Name + "-0");
        writer.Commit();

        reading.Until(5).UntilIdle(topic.Name + "-0");
        Assert.DoesNotContain(log.Lines, line => line.Id == 4115);
    }

    [Fact]
    public void Delay_BeginsBehindAnOpenTransaction_IsSaidUntilItEnds()
    {
        using var topic = kafka.Topic();
        using var writer = new TransactionalWriter(topic);
        writer.Begin().Write(0, 5);
        var log = new RecordedLog<KafkaViewSource>();
        using var reading = new KafkaCollector(
            new KafkaViewSource(topic.Options with { StartAt = StartAt.Latest }, new FastTime(), log));

        log.Until(4115);
        Assert.Contains("neither records nor the partition's end come", reading.Source.Delay, StringComparison.Ordinal);
        writer.Commit();

        reading.UntilIdle(topic.Name + "-0");
        log.Until(4116);
        Assert.Empty(reading.Titles);
    }
}
