using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Rx.Alerting.Service.Api;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Metrics;

/// <summary>
/// Serves metrics and health on an address of their own, with a server of their own: whatever happens to the connections of the API,
/// Prometheus and probes are answered. Starts before everything else, and stops after it.
/// </summary>
internal sealed class MetricsServer(
    Settings settings,
    Scrapes scrapes,
    PipelineHealth health,
    Liveness liveness,
    IHostApplicationLifetime lifetime,
    ILoggerFactory logs,
    ILogger<MetricsServer> log) : IHostedService, IAsyncDisposable
{
    /// <summary>Open connections. Several scrapers and probes need a few.</summary>
    private const int MaximumConnections = 32;

    /// <summary>Connections beyond the limit that are being closed.</summary>
    private const int RefusedAtOnce = 16;

    private static readonly TimeSpan IdleConnection = TimeSpan.FromSeconds(30);

    private WebApplication? server;

    /// <summary>Where it listens. Null: it is off, or has not started.</summary>
    public Uri? Address => server?.Urls.FirstOrDefault() is { } url ? new(url) : null;

    /// <exception cref="CommandFailedException">It cannot listen at the address.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (MetricsAddress.Parse(settings.Metrics.Listen, out _) is not { } address)
            return;
        var isTaken = !await TryStartAsync(address, MetricsAddress.IsAuto(settings.Metrics.Listen), cancellationToken);
        if (isTaken)
            await TryStartAsync(MetricsAddress.AnyFree, mayBeTaken: false, cancellationToken);

        // When the service has started: until then, its errors are told without a log.
        lifetime.ApplicationStarted.Register(() => Tell(isTaken));
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (server is { } running)
            await running.StopAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is { } stopped)
            await stopped.DisposeAsync();
        server = null;
    }

    /// <returns>False: another process has the address, and that is no error.</returns>
    private async Task<bool> TryStartAsync(string address, bool mayBeTaken, CancellationToken cancel)
    {
        var built = Build(address);
        try
        {
            await built.StartAsync(cancel);
            server = built;
            return true;
        }
        catch (Exception refused) when (refused is IOException or System.Net.Sockets.SocketException)
        {
            await built.DisposeAsync();
            if (mayBeTaken && refused.InnerException is AddressInUseException)
                return false;
            throw new CommandFailedException(
                $"cannot listen at {address} for metrics: {(refused.InnerException ?? refused).Message}. "
                + "Choose another address with --metrics (Metrics:Listen), or --metrics off.",
                refused);
        }
    }

    private WebApplication Build(string address)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear(); // No file and no variable says anything to this server.
        builder.Configuration.AddInMemoryCollection();
        builder.Logging.ClearProviders();
        builder.Services
            .AddSingleton(logs)
            .AddSingleton<IHostLifetime, NoLifetime>()
            .AddSingleton<IConnectionListenerFactory>(services => new BoundedListeners(
                ActivatorUtilities.CreateInstance<SocketTransportFactory>(services), MaximumConnections + RefusedAtOnce))
            .AddSingleton(health)
            .AddSingleton(liveness);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.KeepAliveTimeout = IdleConnection;
            kestrel.Limits.MaxConcurrentConnections = MaximumConnections;
            kestrel.Limits.MaxRequestBodySize = 0;
        });
        builder.WebHost.UseUrls(address);
        var built = builder.Build();
        built.MapMetrics(scrapes);
        built.MapHealth(tellsAll: true);
        return built;
    }

    private void Tell(bool isTaken)
    {
        if (Address?.Authority is not { } at)
            return;
        if (isTaken)
            RunLog.MetricsElsewhere(log, new Uri(MetricsAddress.Default).Authority, at);
        else
            RunLog.MetricsAt(log, at);
    }

    /// <summary>Signals end the service, which ends this server.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
