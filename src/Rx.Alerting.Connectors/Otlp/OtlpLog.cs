using Microsoft.Extensions.Logging;

namespace Rx.Alerting.Connectors.Otlp;

/// <summary>Messages about exports. Their ids never change.</summary>
internal static partial class OtlpLog
{
    [LoggerMessage(2800, LogLevel.Warning,
        "The OpenTelemetry collector {Address} does not take {Signal} (failed exports so far: {Failures}), and what it was sent is lost; "
        + "exports go on: {Problem}")]
    public static partial void ExportFails(ILogger logger, string address, string signal, long failures, string problem);

    [LoggerMessage(2801, LogLevel.Information, "The OpenTelemetry collector {Address} takes {Signal} again, after {Milliseconds} ms")]
    public static partial void ExportsGoOn(ILogger logger, string address, string signal, long milliseconds);

    [LoggerMessage(2802, LogLevel.Warning, "OpenTelemetry passes over something: {Remark}")]
    public static partial void Remark(ILogger logger, string remark);

    [LoggerMessage(2803, LogLevel.Warning,
        "Spans for the OpenTelemetry collector {Address} are dropped (so far: {Dropped}): {Maximum} wait for their export already")]
    public static partial void SpansDropped(ILogger logger, string address, int maximum, long dropped);

    [LoggerMessage(2804, LogLevel.Warning,
        "The OpenTelemetry collector {Address} has rejected {Count} items of an export of {Signal} (rejected so far: {Rejected}): "
        + "{Problem}")]
    public static partial void ItemsRejected(
        ILogger logger, string address, long count, string signal, long rejected, string problem);

    [LoggerMessage(2805, LogLevel.Warning,
        "The process ends, and the OpenTelemetry collector {Address} has not taken what was left, which is lost: {Lost}")]
    public static partial void LastExportLost(ILogger logger, string address, string lost);

    [LoggerMessage(2806, LogLevel.Information, "Variables have no effect, as Telemetry:Otlp says what they say: {Names}")]
    public static partial void WithoutEffect(ILogger logger, string names);

    [LoggerMessage(2807, LogLevel.Warning,
        "The header {Header} goes to {Address} without TLS, so everybody on the way can read it. Telemetry:Otlp:Endpoint should begin with "
        + "https://")]
    public static partial void HeaderIsOpen(ILogger logger, string header, string address);

    [LoggerMessage(2808, LogLevel.Warning, "Nothing is exported to {Address}: the variable OTEL_SDK_DISABLED switches it off")]
    public static partial void Disabled(ILogger logger, string address);
}
