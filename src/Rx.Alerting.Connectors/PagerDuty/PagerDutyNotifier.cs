using System.Text;
using Rx.Alerting.Connectors.Http;
using Rx.Alerting.Connectors.Receivers;
using Rx.Alerting.Core.Notifications;

namespace Rx.Alerting.Connectors.PagerDuty;

/// <summary>Triggers, acknowledges and resolves alerts of PagerDuty.</summary>
/// <remarks>An event that arrives twice does no harm, since PagerDuty knows the alert by its key.</remarks>
public sealed class PagerDutyNotifier : INotifier, IDisposable
{
    private readonly HttpReceiver receiver;
    private readonly PagerDutyOptions options;
    private readonly Uri address;

    /// <param name="options">Without faults.</param>
    /// <param name="clock">Times the circuit breaker.</param>
    public PagerDutyNotifier(PagerDutyOptions options, TimeProvider clock)
    {
        (this.options, address) = (options, new(options.Url));
        receiver = new(new SecretMask(options.RoutingKey), clock);
    }

    /// <inheritdoc/>
    public NotifierTraits Traits { get; } = new()
    {
        WantsAcknowledgements = true,
        MirrorsState = true,
        WantsOver = false,
        IsIdempotent = true,
        Pace = TimeSpan.FromMilliseconds(500), // PagerDuty takes 120 events a minute for each key.
    };

    /// <inheritdoc/>
    public async Task<NotifyResult> NotifyAsync(Notification notification, CancellationToken cancel)
    {
        if (PagerDutyEvent.ActionOf(notification) is not { } action)
            return new NotifyResult.Delivered(notification.Reference);
        var content = PagerDutyEvent.Of(notification, action, options).ToJsonString();
        var answer = await receiver.SendAsync(HttpAddress.Post(address, Encoding.UTF8.GetBytes(content)), cancel);
        return answer.Failure ?? new NotifyResult.Delivered(PagerDutyEvent.KeyOf(notification));
    }

    /// <inheritdoc/>
    public void Dispose() => receiver.Dispose();
}
