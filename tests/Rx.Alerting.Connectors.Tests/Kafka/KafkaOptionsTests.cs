using Microsoft.Extensions.Logging.Abstractions;
using Rx.Alerting.Connectors.Kafka;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Connectors.Tests.Kafka;

public sealed class KafkaOptionsTests
{
    [Fact]
    public void Validate_ManyFaults_NamesThemAll()
    {
        var options = new KafkaOptions
        {
            BootstrapServers = "",
            Topic = " ",
            GroupId = "",
            BatchViews = 0,
            Settings = "nonsense,group.id=x",
        };

        Assert.Equal(
            [
                "Kafka:BootstrapServers is empty, must name at least one broker as host:port",
                "Kafka:Topic is empty, must name a topic",
                "Kafka:GroupId is empty, must name a consumer group",
                "Kafka:Settings has an item that is not key=value; a comma in a value is written twice",
                "Kafka:Settings has group.id, which the source sets itself",
                "Kafka:BatchViews is 0, must be from 1 to 65536",
            ],
            OptionFaults.Of(options));
    }

    [Theory]
    [InlineData("max.poll.interval.ms=30000", true)]
    [InlineData("max.poll.interval.ms=31000", false)]
    [InlineData("", false)]
    public void Validate_RevokeTimeoutNotBelowMaxPollInterval_IsAFault(string settings, bool fault) => Assert.Equal(
        fault
            ? [
                "Kafka:RevokeTimeout must be below max.poll.interval.ms in Kafka:Settings, "
                + "or the group takes the process for dead while it waits",
            ]
            : [],
        OptionFaults.Of(new KafkaOptions { BootstrapServers = "localhost", Topic = "views", Settings = settings }));

    [Fact]
    public void Read_SettingThatLibrdkafkaDoesNotKnow_FailsAndNamesIt()
    {
        var options = new KafkaOptions { BootstrapServers = "127.0.0.1:1", Topic = "views", Settings = "no.such.setting=1" };
        using var reading = new KafkaCollector(options);

        Assert.Equal(KafkaProblem.Configuration, reading.Failure().Problem);
        Assert.Contains("no.such.setting", reading.Failure().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void KafkaViewSource_FaultyOptions_Throws() =>
        Assert.Throws<KafkaSourceException>(() => new KafkaViewSource(
            new() { BootstrapServers = "", Topic = "" }, TimeProvider.System, NullLogger<KafkaViewSource>.Instance));

    [Theory]
    [InlineData("12@abc", 12, "abc")]
    [InlineData("0", 0, "")]
    public void TryParse_Position_IsWhatToStringGave(string text, long next, string topicId)
    {
        Assert.True(KafkaPosition.TryParse(text, out var position));
        Assert.Equal(new KafkaPosition(next, topicId), position);
        Assert.Equal(text, position.ToString());
    }
}
