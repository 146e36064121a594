using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Connectors.Kafka.Reading;

namespace Rx.Alerting.Connectors.Tests.Kafka;

public sealed class DelaysTests
{
    private readonly FakeTimeProvider time = new();
    private readonly RecordedLog<DelaysTests> log = new();
    private readonly Delays delays;

    public DelaysTests() => delays = new(time, log);

    [Fact]
    public void Wait_Short_IsNotSaid()
    {
        Wait(9, "views-0");

        Assert.Null(delays.Text);
        Assert.Empty(log.Lines);
    }

    [Fact]
    public void Wait_Long_IsSaidAgainEachTimeItIsFourTimesAsLong()
    {
        Wait(700, "views-0");

        Assert.StartsWith(
            "views-0 cannot be read on behind offset 7 for 700 s, and event time waits for it: a producer has a transaction open",
            delays.Text,
            StringComparison.Ordinal);
        Assert.Equal(["10", "40", "160", "640"], log.Lines.Select(line => line.Text.Split(" for ")[1].Split(' ')[0]));
    }

    [Fact]
    public void Wait_OverAndOver_IsSaidOnceAnHour()
    {
        for (var minute = 0; minute < 90; minute++)
        {
            Wait(30, "views-0");
            delays.Clear("views-0");
            Assert.Null(delays.Text);
            time.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.Equal(2, log.Lines.Count(line => line.Id == 4115));
        Assert.Equal(2, log.Lines.Count(line => line.Id == 4116));
        Assert.Contains("the longest wait was 30 s", log.Lines[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Wait_SeveralPartitions_SaysTheLongestAndHowManyOthers()
    {
        var begin = time.GetTimestamp();
        time.Advance(TimeSpan.FromSeconds(5));
        var later = time.GetTimestamp();
        time.Advance(TimeSpan.FromSeconds(15));
        delays.Wait("views-1", later, 9, isWithheld: true);
        delays.Wait("views-0", begin, 7, isWithheld: false);
        Assert.StartsWith("views-0 (and 1 more) cannot be read on behind offset 7 for 20 s", delays.Text, StringComparison.Ordinal);
        Assert.Contains("neither records nor the partition's end come", delays.Text, StringComparison.Ordinal);

        delays.Clear("views-0");

        Assert.StartsWith("views-1 cannot be read on behind offset 9 for 15 s", delays.Text, StringComparison.Ordinal);
    }

    private void Wait(int seconds, string partition)
    {
        var begin = time.GetTimestamp();
        for (var second = 0; second < seconds; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            delays.Wait(partition, begin, 7, isWithheld: true);
        }
    }
}
