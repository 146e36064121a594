using Rx.Alerting.Connectors.Otlp;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Telemetry;

/// <summary>Says where metrics and spans go, and has the last of them exported at the end of the process.</summary>
internal sealed class LastExport(OtlpExport export, IHostApplicationLifetime lifetime, ILogger<LastExport> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (export.Address is { } address)
            lifetime.ApplicationStarted.Register(() => RunLog.ExportsTo(log, export.Signals, address));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => export.StopAsync();
}
