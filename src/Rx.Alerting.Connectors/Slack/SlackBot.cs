using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Rx.Alerting.Connectors.Http;
using Rx.Alerting.Connectors.Receivers;
using Rx.Alerting.Core.Notifications;

namespace Rx.Alerting.Connectors.Slack;

/// <summary>A bot: one message for an incident, which is edited; what people are to look at is also said in the message's thread.</summary>
/// <remarks>
/// An edit comes before the reply, because it may be repeated without harm. So a delivery has failed if its reply has. A message whose fate
/// is unknown is looked for by its delivery id before it is posted again.
/// </remarks>
internal sealed class SlackBot : INotifier
{
    private readonly SlackApi api;
    private readonly SlackSearch search;
    private readonly SlackOptions options;
    private readonly SlackPictures pictures;

    public SlackBot(HttpReceiver receiver, SecretMask mask, SlackOptions options, TimeProvider clock, ILogger log)
    {
        this.options = options;
        api = new(receiver, mask, options);
        search = new(api, options, clock);
        pictures = new(receiver, api, options, clock, log);
    }

    public NotifierTraits Traits { get; } = new()
    {
        WantsUpdates = true,
        IsIdempotent = true,
        Gather = TimeSpan.FromSeconds(45),
        Pace = TimeSpan.FromSeconds(1), // Slack takes one message a second for each channel.
    };

    /// <remarks>People are told first. A picture comes when nothing else is to be told, and nothing fails because of it.</remarks>
    public async Task<NotifyResult> NotifyAsync(Notification notification, CancellationToken cancel)
    {
        var result = await TellAsync(notification, cancel);
        return result is NotifyResult.Delivered delivered && SlackPlace.Parse(delivered.Reference) is { } place
            && pictures.IsDue(notification, place)
            ? delivered with { Afterwards = token => ShowPictureAsync(notification, place, token) }
            : result;
    }

    private async Task<NotifyResult.Delivered> ShowPictureAsync(Notification notification, SlackPlace told, CancellationToken cancel)
    {
        var (place, problem) = await pictures.ShowAsync(notification, told, cancel);
        return new(place.ToString(), problem is null ? null : $"without a picture: {problem}");
    }

    private async Task<NotifyResult> TellAsync(Notification notification, CancellationToken cancel)
    {
        if (SlackPlace.Parse(notification.Reference) is not { } place)
            return await PostAsync(notification, cancel);
        var edit = await EditAsync(notification, place, cancel);
        if (edit.IsInvalid && place.Shown is not null)
        {
            place = place with { Picture = SlackPlace.Lost }; // Somebody may have deleted it.
            edit = await EditAsync(notification, place, cancel);
        }

        if (edit.IsGone)
            return await PostAsync(notification, cancel);
        return edit.Failure ?? (notification.IsLoud ? await ReplyAsync(notification, place, cancel) : Delivered(place));
    }

    /// <summary>Posts a new message. If it may be there already, it is looked for, and edited.</summary>
    private async Task<NotifyResult> PostAsync(Notification notification, CancellationToken cancel)
    {
        if (notification.IsInDoubt)
        {
            var finding = await search.FindPostAsync(notification.DeliveryId, cancel);
            if (finding.Failure is { } failure)
                return failure;
            if (finding.Place is { } found)
                return await EditAsync(notification, found, cancel) is { IsGone: false, Failure: { } problem } ? problem : Delivered(found);
        }

        var message = WithMetadata(SlackMessage.Of(notification), notification);
        message["channel"] = options.HasChannelId ? options.Channel : $"#{options.Channel.TrimStart('#')}";
        var answer = await api.WriteAsync("chat.postMessage", message, cancel);
        if (answer.Failure is { } notPosted)
            return notPosted;
        if (SlackApi.Text(answer.Content!["channel"]) is not { } channel || SlackApi.Text(answer.Content["ts"]) is not { } timestamp)
            return new NotifyResult.Later("Slack's chat.postMessage does not say where the message is", IsInDoubt: true);
        search.Learn(channel);
        return Delivered(new(channel, timestamp));
    }

    private Task<SlackAnswer> EditAsync(Notification notification, SlackPlace place, CancellationToken cancel) =>
        api.WriteAsync("chat.update", SlackMessage.Edit(notification, place), cancel);

    private async Task<NotifyResult> ReplyAsync(Notification notification, SlackPlace place, CancellationToken cancel)
    {
        if (notification.IsInDoubt)
        {
            var finding = await search.FindReplyAsync(place, notification.DeliveryId, cancel);
            if (finding.Failure is { } failure)
                return failure;
            if (finding.Place is not null)
                return Delivered(place);
        }

        var reply = WithMetadata(SlackMessage.Reply(notification), notification);
        (reply["channel"], reply["thread_ts"]) = (place.Channel, place.Timestamp);
        var answer = await api.WriteAsync("chat.postMessage", reply, cancel);
        return answer.IsGone ? await PostAsync(notification, cancel) : answer.Failure ?? Delivered(place);
    }

    private static JsonObject WithMetadata(JsonObject message, Notification notification)
    {
        message["metadata"] = new JsonObject
        {
            ["event_type"] = "rx_alerting_notification",
            ["event_payload"] = new JsonObject { ["delivery_id"] = notification.DeliveryId },
        };
        return message;
    }

    private static NotifyResult.Delivered Delivered(SlackPlace place) => new(place.ToString());
}
