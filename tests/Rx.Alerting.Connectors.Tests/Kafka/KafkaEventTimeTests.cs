using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Tests.Kafka;

/// <summary>Other programs' clocks: what they write in event times and in the times of records makes no other view late.</summary>
public sealed class KafkaEventTimeTests(KafkaFixture kafka)
{
    private const long Year2035 = 2_051_222_400_000;
    private const long Minute = 60_000;

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_OneViewOf2035_IsRejectedAndMakesNoOtherLate(bool stamps)
    {
        using var topic = kafka.Topic(stamps: stamps);
        using var counting = new KafkaCounting(topic);
        topic.Write(0, 0, Now, Now);
        counting.Until(0, 1);
        topic.Write(0, 1, Year2035, Year2035);
        for (var title = 2; title < 20; title++)
            topic.Write(0, title, Now, Now);

        var counted = counting.Until(0, 20);
        Assert.Equal((19, 0, 1), (counted.Views, counted.Late, counted.Rejected[(int)RejectionReason.FarFuture]));
        Assert.InRange(counted.Watermark!.Value.ToUnixTimeMilliseconds(), 0, Now);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1_790_000_000)]
    [InlineData(Year2035)]
    public void Read_AnyTimeOfTheProducer_CountsAllViews(long createTime)
    {
        using var topic = kafka.Topic();
        using var counting = new KafkaCounting(topic);
        for (var title = 0; title < 20; title++)
            topic.Write(0, title, Now, createTime);

        Assert.Equal(20, counting.Until(0, 20).Views);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Read_ClockFastByAnHourInOneOfThreePartitions_MakesNoViewOfTheOthersLate(bool stamps, bool atOnce)
    {
        const int rounds = 15;
        using var topic = kafka.Topic(partitions: 3, stamps);
        using var counting = new KafkaCounting(topic);
        for (var round = 0; round < rounds; round++)
        {
            topic.Write(0, round, Now + (59 * Minute), Now);
            if (!atOnce)
                counting.UntilIdleOrHeld(0);
            topic.Write(1, round, Now, Now);
            topic.Write(2, round, Now - Minute, Now);
            if (!atOnce)
                counting.Until(1, round + 1);
        }

        counting.Until(1, rounds);
        Assert.Equal(0, counting.Until(2, rounds).Late);
    }
}
