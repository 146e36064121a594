using Confluent.Kafka;
using Rx.Alerting.Connectors.Kafka;
using Rx.Alerting.Connectors.Positions;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Tests.Kafka;

/// <summary>What happens while a partition's gate is closed.</summary>
public sealed class KafkaPauseTests(KafkaFixture kafka)
{
    [Fact]
    public void Read_GateClosedAfterTheLastView_IsNotIdleUntilItIsOpenAgain()
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
    public async Task Read_GateClosed_KeepsWhatWasFetchedAndDoesNotFetchItAgain()
    {
        using var topic = kafka.Topic();
        topic.Write(0, 0, 5000);
        var gate = new CountedGate();
        using var reading = new KafkaCollector(topic.Options with { BatchViews = 10 }, gate: gate);
        reading.Until(10);
        gate.UntilAsked(10);

        // All records were fetched at once. The broker has none of them any more.
        await topic.Admin.DeleteRecordsAsync([new TopicPartitionOffset(topic.Name, 0, 5000)]);
        Assert.Equal(Enumerable.Range(0, 10), reading.Titles);
        gate.Open = true;
        reading.Until(5000).UntilIdle(topic.Name + "-0");

        Assert.Equal(Enumerable.Range(0, 5000), reading.Titles);
        Assert.Equal(0, ((KafkaViewSource)reading.Source).Counters.Gaps);
    }

    [Fact]
    public async Task Read_GateClosed_FetchesUpToTheBoundAndCountsWhatRetentionTookBehindIt()
    {
        const int count = 12_000;
        using var topic = kafka.Topic();
        topic.Write(0, 0, 10);
        var gate = new CountedGate();
        var options = topic.Options with { BatchViews = 10, OnGap = OnGap.Skip, QueuedKilobytes = 1024 };
        using var reading = new KafkaCollector(options, gate: gate);
        reading.Until(10);
        topic.Write(0, Enumerable.Range(10, count - 10).Select(Long));
        gate.UntilAsked(20);
        await topic.Admin.DeleteRecordsAsync([new TopicPartitionOffset(topic.Name, 0, count - 10)]);

        gate.Open = true;
        reading.Until(() => reading.Titles.Contains(count - 1));

        // 1 MiB may be fetched ahead, and one fetch of 1 MiB more. A record has 1 KiB.
        var skipped = ((KafkaViewSource)reading.Source).Counters.SkippedRecords;
        Assert.InRange(skipped, count - 3000, count - 20);
        Assert.Equal(count - skipped, reading.Titles.Count);
        Assert.Equal(reading.Titles.Distinct(), reading.Titles);
    }

    private static byte[] Long(int title) => [.. KafkaTopic.View(title), .. Enumerable.Repeat((byte)' ', 960)];

    /// <summary>A gate that is open at the first question, before anything is read. Then it is closed until a test opens it.</summary>
    private sealed class CountedGate : IPartitionGate
    {
        private int asked;

        internal volatile bool Open;

        public bool IsOpen(string partition) => Interlocked.Increment(ref asked) == 1 || Open;

        internal void UntilAsked(int times) =>
            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref asked) >= times, TimeSpan.FromSeconds(20)));
    }
}
