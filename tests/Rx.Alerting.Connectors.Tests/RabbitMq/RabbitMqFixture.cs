using Rx.Alerting.Connectors.RabbitMq;
using Rx.Alerting.Connectors.Tests.RabbitMq;
using Rx.Alerting.Testing.Servers;

[assembly: AssemblyFixture(typeof(RabbitMqFixture))]

namespace Rx.Alerting.Connectors.Tests.RabbitMq;

/// <summary>The server that tests share. The first test that asks for it starts it. Each test has an exchange of its own.</summary>
public sealed class RabbitMqFixture : IDisposable
{
    private readonly Lazy<RabbitMqServer?> server = new(RabbitMqServer.TryStart);

    internal RabbitMqOptions Options => new()
    {
        Uri = Needed(server.Value).Uri,
        Exchange = $"test-{Guid.NewGuid():n}",
        RetryInterval = TimeSpan.FromMilliseconds(100),
    };

    public void Dispose()
    {
        if (server.IsValueCreated)
            server.Value?.Dispose();
    }

    /// <summary>Skips the test if there is no server. On CI, fails it.</summary>
    private static RabbitMqServer Needed(RabbitMqServer? started)
    {
        if (started is null && Environment.GetEnvironmentVariable("CI") != "true")
            Assert.Skip("There is no rabbitmq-server: install RabbitMQ (package rabbitmq-server of Debian).");
        return started ?? throw new InvalidOperationException("CI needs rabbitmq-server and epmd.");
    }
}
