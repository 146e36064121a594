using Microsoft.Extensions.Logging;

namespace Rx.Alerting.Connectors.Slack;

/// <summary>Log messages of the notifier for Slack; their ids do not change.</summary>
internal static partial class SlackLog
{
    [LoggerMessage(2730, LogLevel.Warning, "Slack's messages have no picture: {Problem}")]
    public static partial void NoPicture(ILogger logger, string problem);

    [LoggerMessage(2731, LogLevel.Information, "Slack's messages have pictures again")]
    public static partial void PicturesAreBack(ILogger logger);
}
