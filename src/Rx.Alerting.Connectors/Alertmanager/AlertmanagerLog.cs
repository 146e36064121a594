using Microsoft.Extensions.Logging;

namespace Rx.Alerting.Connectors.Alertmanager;

/// <summary>Log messages of the notifier for Alertmanager; their ids do not change.</summary>
internal static partial class AlertmanagerLog
{
    [LoggerMessage(2700, LogLevel.Warning, "The member {Member} of Alertmanager's cluster does not take alerts: {Problem}")]
    public static partial void MemberFails(ILogger logger, string member, string problem);

    [LoggerMessage(2701, LogLevel.Information, "The member {Member} of Alertmanager's cluster takes alerts again")]
    public static partial void MemberIsBack(ILogger logger, string member);
}
