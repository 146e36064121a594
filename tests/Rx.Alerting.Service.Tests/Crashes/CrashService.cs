using System.Globalization;
using Rx.Alerting.Connectors.Redis;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Service.Tests.Crashes;

/// <summary>Starts the built service on a stream and a Redis, under a name of its own, and looks how far it is.</summary>
/// <param name="redis">Keeps its state.</param>
/// <param name="name">Prefix of its keys.</param>
/// <param name="views">Views in the stream.</param>
/// <param name="committed">Tells how many of them are committed.</param>
/// <param name="source">Arguments that say which stream.</param>
internal sealed class CrashService(RedisServer redis, string name, long views, Func<CrashService, Task<long>> committed, params string[] source)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    /// <summary>Some minutes on a machine that has more to do than this.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public RedisOptions Redis { get; } = new() { Configuration = redis.Endpoint, KeyPrefix = name };

    public ServiceProcess Start() => ServiceProcess.Start(
    [
        "--listen", "127.0.0.1:0",
        "--store", "redis",
        "--set", $"Redis:Configuration={redis.Endpoint}",
        "--set", $"Redis:KeyPrefix={name}",
        "--set", "Checkpoints:Interval=50ms",
        "--set", "Checkpoints:RetryInterval=100ms",
        .. source,
    ]);

    /// <summary>Waits until so many views are committed.</summary>
    public async Task<long> CommittedAsync(long wanted, params ServiceProcess[] running)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        using var timer = new PeriodicTimer(Poll);
        long done;
        while ((done = await committed(this)) < wanted)
        {
            try
            {
                Assert.All(running, one => Assert.False(one.HasExited, "it has ended"));
                await timer.WaitForNextTickAsync(patience.Token);
            }
            catch (Exception stuck) when (stuck is OperationCanceledException or Xunit.Sdk.XunitException)
            {
                var message = string.Create(CultureInfo.InvariantCulture, $"{name}: {done} views are committed, not {wanted} of {views}: {stuck.Message}.");
                throw new TimeoutException(string.Join(Environment.NewLine, [message, .. running.Select(one => one.Output)]), stuck);
            }
        }

        return done;
    }

    /// <summary>Reads the stream to its end, and stops in good order.</summary>
    public async Task FinishAsync(params ServiceProcess[] running)
    {
        await CommittedAsync(views, running);
        foreach (var one in running)
        {
            await one.AddressAsync(); // All may have been committed before it could take a signal.
            one.Signal("TERM");
            Assert.Equal(ExitCode.Success, await one.ExitCodeAsync());
        }
    }

    /// <summary>Reads the stream to its end while it is killed over and over, at moments that are spread over all views.</summary>
    /// <param name="kills">How often it is killed while it reads, and as often on its way up.</param>
    /// <param name="between">Done now and then while it runs: with the number of the kill.</param>
    public async Task CrashAsync(int kills, Action<int> between)
    {
        var random = new Random();
        for (var kill = 0; kill < kills; kill++)
        {
            await using (var service = Start())
            {
                await CommittedAsync((kill * views / kills) + random.NextInt64(views / kills / 2), service);
                between(kill);
                await MomentAsync(random, 60);
                await service.KillAsync();
            }

            await using var young = Start();
            await MomentAsync(random, 800);
            await young.KillAsync();
        }

        await using var last = Start();
        await FinishAsync(last);
    }

    /// <summary>Any time within some milliseconds: what happens then is what the test is about.</summary>
    private static Task MomentAsync(Random random, int within) =>
        Task.Delay(TimeSpan.FromMilliseconds(random.Next(within)), TimeProvider.System, TestContext.Current.CancellationToken);
}
