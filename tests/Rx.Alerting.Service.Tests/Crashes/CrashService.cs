using Rx.Alerting.Connectors.Redis;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Service.Tests.Crashes;

/// <summary>Starts the built service on a stream and a Redis, and follows how far the service has read.</summary>
/// <param name="redis">Has the service's state.</param>
/// <param name="name">Prefix of the service's keys.</param>
/// <param name="views">Number of views in the stream.</param>
/// <param name="committed">Gives the number of committed views.</param>
/// <param name="source">Arguments that name the stream.</param>
internal sealed class CrashService(
    RedisServer redis, string name, long views, Func<CrashService, Task<long>> committed, params string[] source)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    /// <summary>A few minutes, for a busy machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public RedisOptions Redis { get; } = new() { Configuration = redis.Endpoint, KeyPrefix = name };

    public ServiceProcess Start(params string[] more) => ServiceProcess.Start(
    [
        "--listen", "127.0.0.1:0",
        "--store", "redis",
        "--set", $"Redis:Configuration={redis.Endpoint}",
        "--set", $"Redis:KeyPrefix={name}",
        "--set", "Checkpoints:Interval=50ms",
        "--set", "Checkpoints:RetryInterval=100ms",
        "--set", "Checkpoints:MaximumUncommittedViews=10000", // So slow that it is still reading when it is killed.
        .. source,
        .. more,
    ]);

    /// <summary>Waits until so many views are committed.</summary>
    public async Task<long> CommittedAsync(long wanted, params ServiceProcess[] running)
    {
        long done = 0;
        await UntilAsync(
            async () => (done = await committed(this)) >= wanted, () => $"{done} views are committed, not {wanted} of {views}", running);
        return done;
    }

    /// <summary>Reads the stream to its end.</summary>
    public async Task RestAsync(params ServiceProcess[] running)
    {
        await CommittedAsync(views, running);
        await UntilAsync(
            () => FinalState.AreAtRestAsync(Redis),
            () => "all views are committed, but not all partitions are told to be at their end",
            running);
    }

    /// <summary>Reads the stream to its end, and stops in good order.</summary>
    public async Task FinishAsync(params ServiceProcess[] running)
    {
        await RestAsync(running);
        foreach (var one in running)
        {
            await one.AddressAsync(); // All may have been committed before it could take a signal.
            one.Signal("TERM");
            Assert.Equal(ExitCode.Success, await one.ExitCodeAsync());
        }
    }

    /// <summary>
    /// Reads the stream to its end, while the service is killed again and again. The kills are spread over nine tenths of the views.
    /// </summary>
    /// <param name="kills">How often the service is killed while it reads, and as often while it starts.</param>
    /// <param name="between">Called while the service runs, with the number of the kill.</param>
    public async Task CrashAsync(int kills, Func<int, Task> between)
    {
        var random = new Random();
        var (struck, span) = (0, views * 9 / 10 / kills);
        for (var kill = 0; kill < kills; kill++)
        {
            await using (var service = Start())
            {
                await CommittedAsync((kill * span) + random.NextInt64(span / 2), service);
                await between(kill);
                await MomentAsync(random, 60);
                await service.KillAsync();
            }

            struck += await committed(this) < views ? 1 : 0;

            await using var young = Start();
            await MomentAsync(random, 800);
            await young.KillAsync();
        }

        Assert.True(struck == kills, $"{name}: only {struck} of {kills} kills struck before all was read.");
        await using var last = Start();
        await FinishAsync(last);
    }

    /// <summary>Waits until something is so. Fails if it takes minutes, or a process ends.</summary>
    /// <param name="reached">Whether it is so.</param>
    /// <param name="missing">What is missing, for the message.</param>
    /// <param name="running">Processes that must not end meanwhile.</param>
    public async Task UntilAsync(Func<Task<bool>> reached, Func<string> missing, params ServiceProcess[] running)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        using var timer = new PeriodicTimer(Poll);
        while (!await reached())
        {
            try
            {
                Assert.All(running, one => Assert.False(one.HasExited, "it has ended"));
                await timer.WaitForNextTickAsync(patience.Token);
            }
            catch (Exception stuck) when (stuck is OperationCanceledException or Xunit.Sdk.XunitException)
            {
                throw new TimeoutException(
                    string.Join(Environment.NewLine, [$"{name}: {missing()}: {stuck.Message}.", .. running.Select(one => one.Output)]),
                    stuck);
            }
        }
    }

    /// <summary>Waits for a random time of some milliseconds. The test is about whatever happens then.</summary>
    private static Task MomentAsync(Random random, int within) =>
        Task.Delay(TimeSpan.FromMilliseconds(random.Next(within)), TimeProvider.System, TestContext.Current.CancellationToken);
}
