using OpenTelemetry.Resources;

namespace Rx.Alerting.Connectors.Otlp;

/// <summary>Says which process exports, in the words of OpenTelemetry's conventions.</summary>
internal static class OtlpResource
{
    private const string DefaultName = "rx-alerting";

    /// <summary>What comes later wins: our defaults, then the environment, then the options.</summary>
    public static ResourceBuilder Of(OtlpOptions options, string version)
    {
        // The process has the same name after a restart of its container, so its series go on.
        var instance = $"{Environment.MachineName}-{Environment.ProcessId}";
        var builder = ResourceBuilder.CreateEmpty()
            .AddTelemetrySdk()
            .AddService(DefaultName, serviceVersion: version, serviceInstanceId: instance)
            .AddAttributes([new("host.name", Environment.MachineName)])
            .AddEnvironmentVariableDetector();
        return options.ServiceName.Length == 0
            ? builder
            : builder.AddAttributes([new("service.name", options.ServiceName)]);
    }
}
