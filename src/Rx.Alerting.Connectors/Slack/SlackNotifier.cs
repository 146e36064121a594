using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Rx.Alerting.Connectors.Http;
using Rx.Alerting.Connectors.Receivers;
using Rx.Alerting.Core.Notifications;

namespace Rx.Alerting.Connectors.Slack;

/// <summary>Tells people in a channel of Slack: as a bot, or over an incoming webhook.</summary>
public sealed class SlackNotifier : INotifier, IDisposable
{
    private readonly HttpReceiver receiver;
    private readonly INotifier mode;

    /// <param name="options">Without faults.</param>
    /// <param name="clock">Times retries, and how far back a message is looked for.</param>
    /// <param name="logger">Told of pictures that cannot be shown.</param>
    public SlackNotifier(SlackOptions options, TimeProvider clock, ILogger? logger = null)
    {
        var mask = new SecretMask([options.Token, .. options.Url.Length > 0 ? SecretMask.Of(new Uri(options.Url)) : []]);
        receiver = new(mask, clock);
        mode = options.Token.Length > 0
            ? new SlackBot(receiver, mask, options, clock, logger ?? NullLogger.Instance)
            : new SlackWebhook(receiver, mask, options);
    }

    /// <inheritdoc/>
    public NotifierTraits Traits => mode.Traits;

    /// <inheritdoc/>
    public Task<NotifyResult> NotifyAsync(Notification notification, CancellationToken cancel) => mode.NotifyAsync(notification, cancel);

    /// <inheritdoc/>
    public void Dispose() => receiver.Dispose();
}
