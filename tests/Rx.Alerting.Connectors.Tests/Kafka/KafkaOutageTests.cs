using Microsoft.Extensions.Logging.Abstractions;
using Rx.Alerting.Connectors.Kafka;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.Kafka;

/// <summary>Tests that need a broker of their own.</summary>
public sealed class KafkaOutageTests
{
    [Fact]
    public void Read_BrokerKilledAndStartedAgain_WaitsAndGoesOnWithoutGapOrDuplicate()
    {
        using var broker = KafkaFixture.Needed(KafkaBroker.TryStart());
        using var topic = KafkaTopic.Create(broker.BootstrapServers, 1);
        topic.Write(0, 0, 1000);
        var (log, lateLog) = (new RecordedLog<KafkaViewSource>(), new RecordedLog<KafkaViewSource>());
        var options = topic.Options with { DiscoveryInterval = TimeSpan.FromHours(1) };
        using var reading = new KafkaCollector(new KafkaViewSource(options, TimeProvider.System, log));
        Assert.Null(reading.Until(1000).Source.Trouble);

        broker.Kill();
        using var late = new KafkaCollector(new KafkaViewSource(options, TimeProvider.System, lateLog));
        log.Until(4102); // Waiting for brokers.
        lateLog.Until(4102);
        Assert.StartsWith($"no broker of {broker.BootstrapServers} answers: ", reading.Source.Trouble, StringComparison.Ordinal);
        broker.Start();
        log.Until(4103); // Brokers answer again, though nothing has been written.
        Assert.Null(reading.Source.Trouble);
        lateLog.Until(4103);
        topic.Write(0, 1000, 1000);
        reading.Until(2000);

        late.Until(2000);

        Assert.Equal(Enumerable.Range(0, 2000), reading.Titles);
        Assert.Equal(Enumerable.Range(0, 2000), late.Titles);
    }

    [Fact]
    public async Task RunAsync_SessionTimesOut_GivesThePartitionUpAndGetsItAgain()
    {
        using var broker = KafkaFixture.Needed(KafkaBroker.TryStart());
        using var topic = KafkaTopic.Create(broker.BootstrapServers, 1);
        using var started = new SemaphoreSlim(0);
        using var ended = new SemaphoreSlim(0);
        using var stop = new CancellationTokenSource();
        var options = topic.Options with { Settings = "session.timeout.ms=6000,heartbeat.interval.ms=500" };
        var run = new KafkaPartitionAssignments(options, TimeProvider.System, NullLogger<KafkaPartitionAssignments>.Instance).RunAsync(
            async (_, _, revoked) =>
            {
                started.Release();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, revoked).ContinueWith(_ => { }, TaskScheduler.Default);
                ended.Release();
            },
            stop.Token);
        await HappensAsync(started, "assigned");

        broker.Kill();
        await HappensAsync(ended, "given up as the session has timed out");
        broker.Start();
        await HappensAsync(started, "assigned again");

        await stop.CancelAsync();
        await run;

        static async Task HappensAsync(SemaphoreSlim signal, string what) =>
            Assert.True(
                await signal.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken), $"The partition was not {what}.");
    }

    [Fact]
    public void Read_WrongPassword_FailsAndTheRightOneReads()
    {
        using var broker = KafkaFixture.Needed(KafkaBroker.TryStart(password: true));
        var options = new KafkaOptions
        {
            BootstrapServers = broker.BootstrapServers,
            Topic = "views",
            Settings = "security.protocol=SASL_PLAINTEXT,sasl.mechanism=PLAIN,sasl.username=alice,sasl.password=wrong",
        };

        using var wrong = new KafkaCollector(options);
        using var right = new KafkaCollector(
            options with { Settings = options.Settings.Replace("wrong", "right", StringComparison.Ordinal) });

        Assert.Equal(KafkaProblem.Access, wrong.Failure().Problem);
        Assert.StartsWith(
            "The brokers refuse the credentials in Kafka:Settings (sasl.username, sasl.password): ",
            wrong.Failure().Message,
            StringComparison.Ordinal);
        Assert.Equal(KafkaProblem.TopicMissing, right.Failure().Problem);
    }
}
