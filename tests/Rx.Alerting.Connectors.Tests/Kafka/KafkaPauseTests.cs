using Confluent.Kafka;
using Rx.Alerting.Connectors.Kafka;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Tests.Kafka;

/// <summary>What happens while a partition is paused.</summary>
public sealed class KafkaPauseTests(KafkaFixture kafka)
{
    [Fact]
    public void Read_PausedAfterTheLastView_IsNotIdleUntilItIsOpenAgain()
    {
        using var topic = kafka.Topic();
        topic.Write(0, 0, 10);
        var gate = new CountedGate();
        using var reading = new KafkaCollector(topic.Options with { BatchViews = 10 }, gate: gate);
        reading.Until(10);
        gate.UntilAsked(5);
        Assert.DoesNotContain(reading.Batches, batch => batch.Status == PartitionStatus.Idle);

        gate.Open = true;

        reading.UntilIdle(topic.Name + "-0");
    }

    [Fact]
    public async Task Read_RetentionPassesWhilePaused_SkipsAndCounts()
    {
        using var topic = kafka.Topic();
        topic.Write(0, 0, 10);
        var gate = new CountedGate();
        using var reading = new KafkaCollector(topic.Options with { BatchViews = 10, OnGap = KafkaOnGap.Skip }, gate: gate);
        reading.Until(10);
        gate.UntilAsked(3);
        topic.Write(0, 10, 50);
        await topic.Admin.DeleteRecordsAsync([new TopicPartitionOffset(topic.Name, 0, 40)]);

        gate.Open = true;
        reading.Until(30);

        Assert.Equal(Enumerable.Range(0, 10).Concat(Enumerable.Range(40, 20)), reading.Titles);
        Assert.Equal(30, ((KafkaViewSource)reading.Source).Counters.SkippedRecords);
    }

    /// <summary>Open when asked first, before anything is read; then closed until a test opens it.</summary>
    private sealed class CountedGate : IPartitionGate
    {
        private int asked;

        internal volatile bool Open;

        public bool IsOpen(string partition) => Interlocked.Increment(ref asked) == 1 || Open;

        internal void UntilAsked(int times) => Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref asked) >= times, TimeSpan.FromSeconds(20)));
    }
}
