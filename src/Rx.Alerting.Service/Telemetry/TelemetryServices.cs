using Rx.Alerting.Connectors.Otlp;
using Rx.Alerting.Service.Metrics;

namespace Rx.Alerting.Service.Telemetry;

/// <summary>Registers instruments and spans, and what exports them.</summary>
internal static class TelemetryServices
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services, OtlpOptions options) => services
        .AddSingleton(host => new OtlpExport(
            options,
            Instruments.MeterName,
            BuildVersion.Number,
            host.GetRequiredService<TimeProvider>(),
            host.GetRequiredService<ILogger<OtlpExport>>()))
        .AddSingleton(host =>
        {
            _ = host.GetRequiredService<OtlpExport>(); // It must listen before anything is counted.
            return new Instruments();
        })
        .AddSingleton<SpanSource>()
        .AddSingleton<CommitTrail>()
        .AddSingleton<CommitSpans>()
        .AddSingleton<DeliverySpans>()
        .AddSingleton<CommandSpans>();
}
