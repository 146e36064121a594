using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Service.Tests.Checkpoints;

/// <summary>A server for a class of tests. It is started when the first test asks for it.</summary>
public sealed class RedisFixture : IDisposable
{
    private readonly Lazy<RedisServer> server = new(RedisServers.Start);

    internal string Endpoint => server.Value.Endpoint;

    public void Dispose()
    {
        if (server.IsValueCreated)
            server.Value.Dispose();
    }
}
