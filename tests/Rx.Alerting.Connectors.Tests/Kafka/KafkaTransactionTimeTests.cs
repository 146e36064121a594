using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Connectors.Tests.Kafka;

/// <summary>What producers write in transactions makes no view late, however long a transaction takes.</summary>
public sealed class KafkaTransactionTimeTests(KafkaFixture kafka)
{
    private static readonly PipelineOptions InOrder = new() { EventTime = new() { MaximumOutOfOrderness = TimeSpan.FromSeconds(1) } };

    private readonly long start = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - 3_600_000;

    [Fact]
    public void Read_TwoWritersWhoseCommitsAreFarApart_CountsEveryView()
    {
        const int half = 15;
        using var topic = kafka.Topic(partitions: 2);
        using var first = new TransactionalWriter(topic, 0);
        using var second = new TransactionalWriter(topic, 1);
        first.Begin();
        Write(first, 0, half);
        second.Begin();
        Write(second, 0, half);
        using var counting = new KafkaCounting(topic, InOrder);

        for (var round = 1; round < 4; round++)
        {
            second.Commit();
            counting.Until(1, ((2 * round) - 1) * half);
            second.Begin();
            Write(second, ((2 * round) - 1) * half, 2 * half);
            Write(first, ((2 * round) - 1) * half, half);
            first.Commit();
            Assert.Equal(0, counting.Until(0, 2 * round * half).Late);
            counting.UntilActive(1);
            first.Begin();
            Write(first, 2 * round * half, half);
            counting.UntilActive(0);
        }
    }

    [Fact]
    public void Read_PlainRecordsBehindALongTransaction_CountsEveryView()
    {
        using var topic = kafka.Topic(partitions: 2);
        using var writer = new TransactionalWriter(topic, 0);
        writer.Begin();
        writer.WriteAt(0, start);
        using var counting = new KafkaCounting(topic, InOrder);
        for (var second = 1; second < 45; second++)
        {
            topic.Write(0, second, Time(second), Time(second));
            topic.Write(1, second, Time(second), Time(second));
        }

        counting.Until(1, 44);
        writer.Commit();

        Assert.Equal(0, counting.Until(0, 45).Late);
        counting.UntilIdleOrHeld(0);
        counting.UntilIdleOrHeld(1);
    }

    private void Write(TransactionalWriter writer, int second, int count)
    {
        for (var i = second; i < second + count; i++)
            writer.WriteAt(i, Time(i));
    }

    private long Time(int second) => start + (second * 1000);
}
