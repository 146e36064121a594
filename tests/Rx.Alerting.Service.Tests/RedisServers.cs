using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Service.Tests;

internal static class RedisServers
{
    /// <summary>Skips the test where there is no redis-server, except on CI.</summary>
    public static RedisServer Start()
    {
        var server = RedisServer.TryStart();
        Assert.SkipWhen(
            server is null && Environment.GetEnvironmentVariable("CI") != "true",
            "There is no redis-server: install Redis (package redis-server of Debian), so that it is on the PATH.");
        return server ?? throw new InvalidOperationException("CI needs redis-server on the PATH.");
    }
}
