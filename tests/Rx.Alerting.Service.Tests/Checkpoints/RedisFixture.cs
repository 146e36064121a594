using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Service.Tests.Checkpoints;

/// <summary>A server for a class of tests; started when the first one asks for it.</summary>
public sealed class RedisFixture : IDisposable
{
    private readonly Lazy<RedisServer?> server = new(() => RedisServer.TryStart());

    /// <summary>Skips the test where there is no server, except on CI.</summary>
    internal string Endpoint
    {
        get
        {
            if (server.Value is null && Environment.GetEnvironmentVariable("CI") != "true")
                Assert.Skip("There is no redis-server: install Redis (package redis-server of Debian), so that it is on the PATH.");
            return server.Value?.Endpoint ?? throw new InvalidOperationException("CI needs redis-server on the PATH.");
        }
    }

    public void Dispose()
    {
        if (server.IsValueCreated)
            server.Value?.Dispose();
    }
}
