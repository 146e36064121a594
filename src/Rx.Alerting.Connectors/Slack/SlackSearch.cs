using System.Globalization;
using System.Text.Json.Nodes;
using Rx.Alerting.Core.Notifications;

namespace Rx.Alerting.Connectors.Slack;

/// <summary>Looks for a message that may have arrived, by the delivery id in its metadata.</summary>
internal sealed class SlackSearch(SlackApi api, SlackOptions options, TimeProvider clock)
{
    /// <summary>Notifications are tried so long, unless configured otherwise; then they are given up.</summary>
    private static readonly TimeSpan Lookback = TimeSpan.FromHours(24);

    /// <summary>The id of the channel, as Slack has told it. Null: not yet.</summary>
    private string? channelId = options.HasChannelId ? options.Channel : null;

    /// <summary>Remembers the id of the configured channel.</summary>
    public void Learn(string id) => channelId = id;

    /// <summary>Looks in the channel.</summary>
    public async Task<SlackFinding> FindPostAsync(string deliveryId, CancellationToken cancel)
    {
        if (channelId is null && await FindChannelAsync(cancel) is { } failure)
            return new(null, failure);
        var found = await FindAsync("conversations.history", [("channel", channelId!)], deliveryId, cancel);
        return found.Failure is null && found.Timestamp is { } timestamp ? new(new(channelId!, timestamp), null) : new(null, found.Failure);
    }

    /// <summary>Looks in the thread of a message.</summary>
    public async Task<SlackFinding> FindReplyAsync(SlackPlace place, string deliveryId, CancellationToken cancel)
    {
        (string, string)[] thread = [("channel", place.Channel), ("ts", place.Timestamp)];
        var found = await FindAsync("conversations.replies", thread, deliveryId, cancel);
        return found.Timestamp is { } timestamp ? new(new(place.Channel, timestamp), null) : new(null, found.Failure);
    }

    private async Task<(string? Timestamp, NotifyResult? Failure)> FindAsync(
        string method, (string, string)[] where, string deliveryId, CancellationToken cancel)
    {
        var oldest = (clock.GetUtcNow() - Lookback).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        (string, string)[] arguments = [.. where, ("include_all_metadata", "true"), ("oldest", oldest), ("limit", "100")];
        string? found = null;
        var failure = await PagesAsync(method, arguments, "messages", IsIt, cancel);
        return (found, failure);

        bool IsIt(JsonNode? message)
        {
            if (SlackApi.Text(message?["metadata"]?["event_payload"]?["delivery_id"]) != deliveryId)
                return false;
            found = SlackApi.Text(message!["ts"]);
            return found is not null;
        }
    }

    private async Task<NotifyResult?> FindChannelAsync(CancellationToken cancel)
    {
        var name = options.Channel.TrimStart('#');
        (string, string)[] arguments =
            [("types", "public_channel,private_channel"), ("exclude_archived", "true"), ("limit", "200")];
        var failure = await PagesAsync("conversations.list", arguments, "channels", IsIt, cancel);
        return failure ?? (channelId is null ? SlackErrors.Result("conversations.list", "channel_not_found", null, null) : null);

        bool IsIt(JsonNode? channel)
        {
            if (SlackApi.Text(channel?["name"]) == name)
                channelId = SlackApi.Text(channel!["id"]);
            return channelId is not null;
        }
    }

    /// <summary>Reads page after page until something is found.</summary>
    private async Task<NotifyResult?> PagesAsync(
        string method, (string, string)[] arguments, string list, Func<JsonNode?, bool> isFound, CancellationToken cancel)
    {
        string? cursor = null;
        do
        {
            var answer = await api.ReadAsync(method, cursor is null ? arguments : [.. arguments, ("cursor", cursor)], cancel);
            if (answer.Failure is { } failure)
                return failure;
            if ((answer.Content![list] as JsonArray)?.Any(isFound) == true)
                return null;
            cursor = SlackApi.Text(answer.Content["response_metadata"]?["next_cursor"]);
        }
        while (!string.IsNullOrEmpty(cursor));
        return null;
    }
}

/// <summary>What a search has found.</summary>
/// <param name="Place">The message; null: it is not there, or nobody knows.</param>
/// <param name="Failure">Why nobody knows.</param>
internal sealed record SlackFinding(SlackPlace? Place, NotifyResult? Failure);
