using Rx.Alerting.Connectors.Redis;
using Rx.Alerting.Connectors.Tests.Redis;
using Rx.Alerting.Testing.Servers;

[assembly: AssemblyFixture(typeof(RedisFixture))]

namespace Rx.Alerting.Connectors.Tests.Redis;

/// <summary>The server that tests share. The first test that asks for it starts it. Each test has a key prefix of its own.</summary>
public sealed class RedisFixture : IDisposable
{
    private readonly Lazy<RedisServer?> server = new(() => RedisServer.TryStart());

    internal RedisOptions Options => new() { Configuration = Needed(server.Value).Endpoint, KeyPrefix = $"test-{Guid.NewGuid():n}" };

    /// <summary>Skips the test if there is no server. On CI, fails it.</summary>
    internal static RedisServer Needed(RedisServer? started)
    {
        if (started is null && Environment.GetEnvironmentVariable("CI") != "true")
            Assert.Skip("There is no redis-server: install Redis (package redis-server of Debian), so that it is on the PATH.");
        return started ?? throw new InvalidOperationException("CI needs redis-server on the PATH.");
    }

    public void Dispose()
    {
        if (server.IsValueCreated)
            server.Value?.Dispose();
    }
}
