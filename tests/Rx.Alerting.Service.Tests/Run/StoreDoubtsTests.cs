using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Service.Tests.Run;

/// <summary>The built service on a Redis that may evict its keys.</summary>
public sealed class StoreDoubtsTests
{
    [Fact]
    public async Task Run_RedisMayEvict_IsRefusedOrSaidInLogAndReadiness()
    {
        using var redis = RedisServers.Start();
        using (var admin = await StackExchange.Redis.ConnectionMultiplexer.ConnectAsync($"{redis.Endpoint},allowAdmin=true"))
        {
            await admin.GetDatabase().ExecuteAsync("CONFIG", "SET", "maxmemory", "100mb");
            await admin.GetDatabase().ExecuteAsync("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
        }

        await using (var refused = Start(redis))
        {
            Assert.Equal(ExitCode.Failed, await refused.ExitCodeAsync());
            Assert.Contains(
                "may evict checkpoints when its memory is full (maxmemory-policy allkeys-lru, maxmemory 104857600)",
                refused.Output,
                StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", refused.Output, StringComparison.Ordinal);
        }

        await using var warned = Start(redis, "--set", "Redis:OnEviction=warn");
        using var client = new HttpClient { BaseAddress = await warned.AddressAsync() };
        await warned.LineAsync(line => line.Contains("The store may lose what it is given: Redis at", StringComparison.Ordinal));
        using var ready = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains(
            "may evict checkpoints",
            await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    private static ServiceProcess Start(RedisServer redis, params string[] more) =>
        ServiceProcess.Start(["--listen", "127.0.0.1:0", "--store", "redis", "--set", $"Redis:Configuration={redis.Endpoint}", .. more]);
}
