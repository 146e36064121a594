using System.Text;
using Rx.Alerting.Connectors.Http;
using Rx.Alerting.Connectors.Receivers;
using Rx.Alerting.Core.Notifications;

namespace Rx.Alerting.Connectors.Slack;

/// <summary>An incoming webhook: messages can be posted, but neither edited nor found.</summary>
internal sealed class SlackWebhook(HttpReceiver receiver, SecretMask mask, SlackOptions options) : INotifier
{
    private readonly Uri address = new(options.Url);

    public NotifierTraits Traits { get; } = new() { Pace = TimeSpan.FromSeconds(1) };

    public async Task<NotifyResult> NotifyAsync(Notification notification, CancellationToken cancel)
    {
        var message = Encoding.UTF8.GetBytes(SlackMessage.Of(notification).ToJsonString());
        var answer = await receiver.SendAsync(HttpAddress.Post(address, message), cancel);
        if (answer.Failure is { } failure)
            return failure;
        return answer.Body.Trim() == "ok"
            ? new NotifyResult.Delivered(null)
            : new NotifyResult.Refused(
                $"{address.Authority} does not answer ok, as an incoming webhook does: {mask.Shown(answer.Body)}");
    }
}
