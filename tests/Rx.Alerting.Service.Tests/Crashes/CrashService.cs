using System.Globalization;
using Rx.Alerting.Connectors.Redis;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Service.Tests.Crashes;

/// <summary>Starts the built service on a topic and a Redis, under a name of its own.</summary>
internal sealed class CrashService(CrashTopic topic, RedisServer redis, string name, string partitioning = "any")
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public RedisOptions Redis { get; } = new() { Configuration = redis.Endpoint, KeyPrefix = name };

    public ServiceProcess Start() => ServiceProcess.Start(
        "--listen", "127.0.0.1:0",
        "--source", "kafka",
        "--store", "redis",
        "--set", $"Kafka:BootstrapServers={topic.Servers}",
        "--set", $"Kafka:Topic={CrashTopic.Name}",
        "--set", $"Kafka:GroupId={name}",
        "--set", "Kafka:Format=mux-protobuf",
        "--set", $"Kafka:Partitioning={partitioning}",
        "--set", "Kafka:Settings=session.timeout.ms=6000,heartbeat.interval.ms=500",
        "--set", $"Redis:Configuration={redis.Endpoint}",
        "--set", $"Redis:KeyPrefix={name}",
        "--set", "Checkpoints:Interval=50ms",
        "--set", "Checkpoints:RetryInterval=100ms");

    /// <summary>Waits until the service has committed so many views of the topic.</summary>
    public async Task<long> CommittedAsync(long views)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        using var timer = new PeriodicTimer(Poll);
        long committed;
        while ((committed = await topic.CommittedAsync(name)) < views)
        {
            try
            {
                await timer.WaitForNextTickAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"{name}: {committed} of {views} views are committed after {Patience}."));
            }
        }

        return committed;
    }

    /// <summary>Reads the topic to its end, stops in good order.</summary>
    public async Task FinishAsync(params ServiceProcess[] running)
    {
        try
        {
            await CommittedAsync(topic.Views);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException(string.Join(Environment.NewLine, [late.Message, .. running.Select(one => one.Output)]), late);
        }

        foreach (var one in running)
        {
            one.Signal("TERM");
            Assert.Equal(ExitCode.Success, await one.ExitCodeAsync());
        }
    }
}
