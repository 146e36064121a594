using Rx.Alerting.Connectors.Tests.Contracts;

namespace Rx.Alerting.Connectors.Tests.Kafka;

/// <summary>How far the source says that it has read.</summary>
public sealed class KafkaProgressTests(KafkaFixture kafka)
{
    [Fact]
    public async Task Progress_AllIsRead_HasThePositionAndNoLag()
    {
        using var topic = kafka.Topic(partitions: 2);
        topic.Write(1, 0, 100);
        using var reading = new KafkaCollector(topic.Options);
        reading.Until(100).UntilIdle(topic.Name + "-1");

        var progress = await reading.Source.UntilAsync(topic.Name + "-1", one => one.Position == 100);

        Assert.Equal((0, false, null), (progress.LagRecords, progress.IsPaused, progress.LagTime));
        Assert.Equal(2, reading.Source.Progress.Count);
        Assert.Equal(["kafka_skipped_records", "kafka_gaps", "kafka_recreated_partitions"], reading.Source.Counts.Select(one => one.Name));
    }

    [Fact]
    public async Task Progress_GateIsClosed_IsPausedAndLags()
    {
        using var topic = kafka.Topic();
        var gate = new ClosableGate();
        topic.Write(0, 0, 10);
        using var reading = new KafkaCollector(topic.Options, gate: gate);
        reading.Until(10).UntilIdle(topic.Name + "-0");

        gate.Close(topic.Name + "-0");
        reading.UntilActive(topic.Name + "-0");
        topic.Write(0, 10, 90);

        var progress = await reading.Source.UntilAsync(topic.Name + "-0", one => one is { IsPaused: true, LagRecords: 90 });
        Assert.Equal(10, progress.Position);
    }

    [Fact]
    public void Progress_ReadingHasEnded_IsNone()
    {
        using var topic = kafka.Topic();
        var reading = new KafkaCollector(topic.Options);
        reading.UntilIdle(topic.Name + "-0");

        reading.Dispose();

        Assert.True(SpinWait.SpinUntil(() => reading.Source.Progress.Count == 0, TimeSpan.FromSeconds(30)));
    }
}
