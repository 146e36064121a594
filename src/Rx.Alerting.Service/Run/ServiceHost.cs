using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Console;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Access.Login;
using Rx.Alerting.Service.Api;
using Rx.Alerting.Service.Channels;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Control;
using Rx.Alerting.Service.Forms;
using Rx.Alerting.Service.Metrics;
using Rx.Alerting.Service.Pages;
using Rx.Alerting.Service.Sources;
using Rx.Alerting.Service.Stores;
using Rx.Alerting.Service.Telemetry;
using Rx.Alerting.Service.Terminal;
using Rx.Alerting.Service.Tries;

namespace Rx.Alerting.Service.Run;

/// <summary>Composes the service: pipelines, printers and HTTP API in one host.</summary>
internal static class ServiceHost
{
    /// <summary>What the host has for its last steps, besides the last commits.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(5);

    /// <summary>A connection on which nothing is asked ends after that, as others may want its place.</summary>
    private static readonly TimeSpan IdleConnection = TimeSpan.FromSeconds(30);

    /// <summary>Connections beyond the limit that are being closed.</summary>
    private const int RefusedAtOnce = 16;

    /// <summary>The host, not started yet.</summary>
    /// <param name="settings">Valid.</param>
    /// <param name="open">Opens what is watched.</param>
    /// <param name="address">Where it will listen.</param>
    /// <param name="screen">Where incidents are printed.</param>
    /// <param name="clock">Processing time.</param>
    public static WebApplication Build(
        Settings settings, Func<ILoggerFactory, WatchedStream> open, string address, Screen screen, TimeProvider clock)
    {
        // The content root is the program's own folder: an appsettings.json that lies in the current one is not ours.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        HostSections.Replace(builder.Configuration, settings, screen);
        var (openFiles, wanted) = (ConnectionLimit.FindOpenFiles(), settings.Http.MaximumConnections);
        var connections = ConnectionLimit.Of(settings.Http, openFiles);
        builder.WebHost
            .UseKestrelHttpsConfiguration()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Limits.KeepAliveTimeout = IdleConnection;
                kestrel.Limits.MaxRequestBodySize = AccessServices.LargestBody;
                builder.Configuration.Bind("Kestrel", kestrel);
                kestrel.Limits.MaxConcurrentConnections = Math.Min(connections, kestrel.Limits.MaxConcurrentConnections ?? connections);
            })
            .UseUrls(address);
        builder.Logging.ClearProviders().AddConsole()
            .Services.Configure<ConsoleLoggerOptions>(builder.Configuration.GetSection("Logging:Console"));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.Checkpoints.StopTimeout + ShutdownTimeout);
        builder.Services
            .AddSingleton<IConnectionListenerFactory>(services =>
                new BoundedListeners(
                    ActivatorUtilities.CreateInstance<SocketTransportFactory>(services), connections + RefusedAtOnce, clock))
            .AddAccess(settings, address)
            .AddForms(settings, address)
            .AddProtection(settings) // After them: they bring what is taken out again, as it would ask the store at the start.
            .AddSingleton(settings)
            .AddSingleton(screen)
            .AddSingleton(clock)
            .AddSingleton(services => open(services.GetRequiredService<ILoggerFactory>()))
            .AddSingleton(_ => CheckpointStores.Open(settings, clock))
            .AddSingleton(_ => Boards.Open(settings, BoardKind.Incidents))
            .AddSingleton(services => new BoardMirror(services.GetRequiredService<WatchedStream>().Has))
            .AddSingleton<OwnerEpoch>(services => async (pipeline, cancel) =>
                (await services.GetRequiredService<ICheckpointStore>().FindAsync(pipeline, cancel))?.Epoch ?? 0)
            .AddSingleton(services => new BoardChannel(
                services.GetRequiredService<IBoard>(),
                settings.Pipeline.Incidents.MaximumHistory,
                services.GetRequiredService<OwnerEpoch>()))
            .AddSingleton<IChannel>(services => services.GetRequiredService<BoardChannel>())
            .AddSingleton<IChannel, ConsoleChannel>()
            .AddSingleton<NotificationLog>()
            .AddSingleton<NotificationChannels>()
            .AddSingleton<LateNotifications>()
            .AddSingleton<BoardFollower>()
            .AddSingleton<DeliveryLog>()
            .AddSingleton<LatestDeliveries>()
            .AddPages()
            .AddTries()
            .AddApi()
            .AddSingleton<PipelineStatus>()
            .AddSingleton<RunningPipelines>()
            .AddSingleton<PipelineHealth>()
            .AddSingleton<CheckpointLog>()
            .AddSingleton<LatestCommits>()
            .AddSingleton<CatchingUp>()
            .AddTelemetry(settings.Otlp)
            .AddSingleton<ServiceMetrics>()
            .AddSingleton<ControlMetrics>()
            .AddSingleton<RequestMetrics>()
            .AddSingleton<Scrapes>()
            .AddSingleton<Liveness>()
            .AddSingleton<MetricsServer>()
            .AddSingleton(TakeCheckpoints)
            .AddSingleton(TakeDeliveries)
            .AddSingleton<HandOver>()
            .AddSingleton<PipelineRunner>()
            .AddSingleton<PipelineWorker>()
            .AddHostedService<LastExport>() // First: it stops last, when everything else has told its end.
            .AddHostedService(services => services.GetRequiredService<MetricsServer>())
            .AddHostedService(services => services.GetRequiredService<Liveness>())
            .AddHostedService<LagWatch>()
            .AddHostedService(services => services.GetRequiredService<BoardFollower>())
            .AddHostedService(services => services.GetRequiredService<NotificationChannels>())
            .AddHostedService<StatusPrinter>()
            .AddHostedService<StreamDoubts>()
            .AddHostedService<NotCountedLog>()
            .AddHostedService<RefusedConnections>()
            .AddHostedService<StoreDoubts>()
            .AddHostedService(services => services.GetRequiredService<CatchingUp>())
            .AddControl(settings.RabbitMq)
            .AddHostedService(services => services.GetRequiredService<PipelineWorker>());

        foreach (var name in settings.Channels.All.Keys)
        {
            builder.Services.AddSingleton<IChannel>(services =>
                services.GetRequiredService<NotificationChannels>().All.Single(channel => channel.Name == name));
        }

        var app = builder.Build();
        if (connections < wanted)
            RunLog.FewFiles(app.Logger, connections, wanted, openFiles ?? 0);
        app.TellAccess();
        app.Use(app.Services.GetRequiredService<RequestMetrics>().MeasureAsync);
        app.UseAccess();
        app.MapApi();
        app.MapPages();
        app.MapForms();
        app.MapTries();
        app.MapLogin();
        app.MapHealth(tellsAll: false);
        return app;
    }

    /// <summary>Makes the observer that passes events between pipelines and their store on to all who follow them.</summary>
    private static IObserver<CheckpointEvent> TakeCheckpoints(IServiceProvider services) => MergedEvents.ToldTo<CheckpointEvent>(
        services.GetRequiredService<BoardFollower>().Take, // First: it waits on when the pipeline is not waited for any more.
        services.GetRequiredService<PipelineHealth>().Take,
        services.GetRequiredService<CheckpointLog>().Take,
        services.GetRequiredService<LatestCommits>().Take,
        services.GetRequiredService<CatchingUp>().Take,
        services.GetRequiredService<CommitSpans>().Take,
        services.GetRequiredService<ServiceMetrics>().Take);

    /// <summary>Makes the observer that passes events between outboxes and channels on to all who follow them.</summary>
    private static IObserver<CourierEvent> TakeDeliveries(IServiceProvider services) => MergedEvents.ToldTo<CourierEvent>(
        services.GetRequiredService<DeliveryLog>().Take,
        services.GetRequiredService<LatestDeliveries>().Take,
        services.GetRequiredService<DeliverySpans>().Take,
        services.GetRequiredService<ServiceMetrics>().Take);
}
