using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Service.Tests;

internal static class RabbitMqServers
{
    /// <summary>Skips the test where there is no rabbitmq-server, except on CI.</summary>
    public static RabbitMqServer Start()
    {
        var server = RabbitMqServer.TryStart();
        Assert.SkipWhen(
            server is null && Environment.GetEnvironmentVariable("CI") != "true",
            "There is no rabbitmq-server: install RabbitMQ (package rabbitmq-server of Debian).");
        return server ?? throw new InvalidOperationException("CI needs rabbitmq-server and epmd.");
    }
}

/// <summary>A server for a class of tests. It is started when the first test asks for it.</summary>
public sealed class RabbitMqFixture : IDisposable
{
    private readonly Lazy<RabbitMqServer> server = new(RabbitMqServers.Start);

    internal RabbitMqServer Server => server.Value;

    public void Dispose()
    {
        if (server.IsValueCreated)
            server.Value.Dispose();
    }
}
