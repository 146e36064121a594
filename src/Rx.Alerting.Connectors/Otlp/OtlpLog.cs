using Microsoft.Extensions.Logging;

namespace Rx.Alerting.Connectors.Otlp;

/// <summary>Messages about exports. Their ids never change.</summary>
internal static partial class OtlpLog
{
    [LoggerMessage(2800, LogLevel.Warning,
        "The OpenTelemetry collector {Address} does not take {Signal} (failed exports so far: {Failures}), and what it was sent is lost; "
        + "exports go on: {Problem}")]
    public static partial void ExportFails(ILogger logger, string address, string signal, long failures, string problem);

    [LoggerMessage(2801, LogLevel.Information,
        "The OpenTelemetry collector {Address} takes what is exported again, after {Milliseconds} ms")]
    public static partial void ExportsGoOn(ILogger logger, string address, long milliseconds);

    [LoggerMessage(2802, LogLevel.Warning, "OpenTelemetry passes over something: {Remark}")]
    public static partial void Remark(ILogger logger, string remark);
}
