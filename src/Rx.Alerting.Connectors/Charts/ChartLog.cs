using Microsoft.Extensions.Logging;

namespace Rx.Alerting.Connectors.Charts;

/// <summary>Log messages of charts; their ids do not change.</summary>
internal static partial class ChartLog
{
    [LoggerMessage(2710, LogLevel.Warning, "The picture of incident {Incident} cannot be drawn, so it is told without")]
    public static partial void CannotDraw(ILogger logger, string incident, Exception fault);
}
