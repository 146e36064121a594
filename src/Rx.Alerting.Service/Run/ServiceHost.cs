using Microsoft.Extensions.Logging.Console;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Api;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Terminal;

namespace Rx.Alerting.Service.Run;

/// <summary>Composes the service: pipeline, printers and HTTP API in one host.</summary>
internal static class ServiceHost
{
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The host, not started yet, that will listen at <paramref name="address"/>.</summary>
    public static WebApplication Build(Settings settings, IViewSource source, string address, Screen screen, TimeProvider clock)
    {
        // The content root is the program's own folder: an appsettings.json that lies in the current one is not ours.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false).UseUrls(address);
        builder.Logging.ClearProviders()
            .SetMinimumLevel(LogLevel.Information)
            .AddFilter("Microsoft", LogLevel.Error)
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None) // Whoever starts the host reports why it did not start.
            .AddSimpleConsole(console => console.ColorBehavior = screen.IsRich ? LoggerColorBehavior.Default : LoggerColorBehavior.Disabled)
            .Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        builder.Services
            .AddProblemDetails()
            .AddSingleton(settings)
            .AddSingleton(settings.Api)
            .AddSingleton(source)
            .AddSingleton(screen)
            .AddSingleton(clock)
            .AddSingleton<IncidentStore>()
            .AddSingleton<PipelineStatus>()
            .AddSingleton<IncidentPrinter>()
            .AddSingleton<PipelineWorker>()
            .AddHostedService(services => services.GetRequiredService<IncidentPrinter>())
            .AddHostedService<StatusPrinter>()
            .AddHostedService(services => services.GetRequiredService<PipelineWorker>());

        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.MapIncidents();
        return app;
    }
}
