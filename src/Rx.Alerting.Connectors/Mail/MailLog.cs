using Microsoft.Extensions.Logging;

namespace Rx.Alerting.Connectors.Mail;

/// <summary>Log messages of the notifier for mail; their ids do not change.</summary>
internal static partial class MailLog
{
    [LoggerMessage(2720, LogLevel.Warning, "{Server} has taken a mail, but not for all: it refuses {Recipients}")]
    public static partial void RecipientsRefused(ILogger logger, string server, string recipients);
}
