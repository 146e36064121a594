using Rx.Alerting.Connectors.RabbitMq;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Dumps;
using Rx.Alerting.Service.Metrics;
using Rx.Alerting.Service.Stores;
using Rx.Alerting.Service.Telemetry;

namespace Rx.Alerting.Service.Control;

/// <summary>Registers what takes commands.</summary>
internal static class ControlServices
{
    public static IServiceCollection AddControl(this IServiceCollection services, RabbitMqOptions options)
    {
        services
            .AddSingleton(host =>
            {
                var (settings, clock) = (host.GetRequiredService<Settings>(), host.GetRequiredService<TimeProvider>());
                var log = host.GetRequiredService<ILogger<DumpDesk>>();
                return new DumpDesk(settings, () => CheckpointStores.OpenReader(settings, clock), clock, log);
            })
            .AddHostedService(host => host.GetRequiredService<DumpDesk>())
            .AddSingleton(host =>
            {
                var dispatcher = ActivatorUtilities.CreateInstance<ControlDispatcher>(host);
                var (metrics, spans) = (host.GetRequiredService<ControlMetrics>(), host.GetRequiredService<CommandSpans>());
                var latest = host.GetRequiredService<LatestCommands>();
                dispatcher.Replied = (request, reply, took) =>
                {
                    latest.Take(request, reply);
                    metrics.Take(reply);
                    spans.Take(reply, took);
                };
                return dispatcher;
            })
            .AddSingleton<UntimelySilences>()
            .AddSingleton<LatestCommands>()
            .AddHostedService<OperationNotices>();
        if (!options.HasBroker())
            return services;
        return services
            .AddSingleton(host => new RabbitMqCommands(
                options, options.QueueOf(ControlDispatcher.Replica), host.GetRequiredService<TimeProvider>()))
            .AddSingleton<DeadLetterLog>()
            .AddHostedService(host => host.GetRequiredService<DeadLetterLog>())
            .AddHostedService<RabbitMqDoubts>()
            .AddHostedService(host => ActivatorUtilities.CreateInstance<RabbitMqControl>(host, options));
    }
}
