using System.Collections.Concurrent;
using Rx.Alerting.Connectors.Tests.Kinesis;
using Rx.Alerting.Testing.Servers;

[assembly: AssemblyFixture(typeof(KinesisServers))]

namespace Rx.Alerting.Connectors.Tests.Kinesis;

/// <summary>One server of each kind for all tests, started when the first test asks for it.</summary>
public sealed class KinesisServers : IAsyncDisposable
{
    private readonly ConcurrentDictionary<KinesisServerKind, Lazy<Task<KinesisServer>>> servers = new();

    // Nothing a test does may look for credentials outside this machine.
    static KinesisServers() => Environment.SetEnvironmentVariable("AWS_EC2_METADATA_DISABLED", "true");

    /// <summary>Gives the server. If it is not installed, skips the test, or fails it on CI.</summary>
    public async Task<KinesisServer> GetAsync(KinesisServerKind kind)
    {
        if (KinesisServer.Missing(kind) is { } missing)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", missing);
            Assert.Fail(missing);
        }

        return await servers.GetOrAdd(kind, each => new(() => KinesisServer.StartAsync(each))).Value;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers.Values)
            (await server.Value).Dispose();
    }
}
