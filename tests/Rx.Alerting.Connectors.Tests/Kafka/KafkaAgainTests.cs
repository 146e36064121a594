using Microsoft.Extensions.Logging.Abstractions;
using Rx.Alerting.Connectors.Kafka;

namespace Rx.Alerting.Connectors.Tests.Kafka;

/// <summary>A topic is read once more beside the group that reads it.</summary>
public sealed class KafkaAgainTests(KafkaFixture kafka)
{
    private const long Time = 1_767_225_600_000;

    [Fact]
    public async Task Open_AtATime_GivesWhatCameThenOrLaterAndCommitsNothing()
    {
        using var topic = kafka.Topic(partitions: 2);
        for (var title = 0; title < 10; title++)
            topic.Write(title % 2, title, Time + title, Time + title);
        var source = KafkaAgain.Open(
            topic.Options, DateTimeOffset.FromUnixTimeMilliseconds(Time + 4), TimeProvider.System, TestContext.Current.CancellationToken);

        using var reading = new KafkaCollector(source);
        reading.UntilIdle($"{topic.Name}-0").UntilIdle($"{topic.Name}-1");
        source.Committed(reading.Positions);

        // Brokers that cannot tell where a time is give all.
        Assert.Equal(Enumerable.Range(4, 6), reading.Titles.Where(title => title >= 4));
        var group = new KafkaViewSource(topic.Options, TimeProvider.System, NullLogger<KafkaViewSource>.Instance);
        Assert.Null((await group.FindEarlierReadingAsync(TestContext.Current.CancellationToken)).Trace);
    }

    [Fact]
    public void Open_AfterTheNewestRecord_IsAtTheEndAtOnce()
    {
        using var topic = kafka.Topic();
        topic.Write(0, 0, Time, Time);
        var source = KafkaAgain.Open(
            topic.Options, DateTimeOffset.FromUnixTimeMilliseconds(Time + 1), TimeProvider.System, TestContext.Current.CancellationToken);

        using var reading = new KafkaCollector(source);
        reading.UntilIdle($"{topic.Name}-0");

        Assert.True(reading.Titles.Count <= 1);
    }
}
