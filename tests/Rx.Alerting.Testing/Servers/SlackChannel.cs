using System.Globalization;
using System.Text.Json.Nodes;

namespace Rx.Alerting.Testing.Servers;

/// <summary>A message in Slack.</summary>
/// <param name="Timestamp">Its name in the channel.</param>
/// <param name="Content">What was posted, or edited last.</param>
public sealed record SlackPost(string Timestamp, JsonObject Content)
{
    public JsonObject Content { get; internal set; } = Content;

    public int Edits { get; internal set; }

    /// <summary>The message in whose thread it is. Null: it is in none.</summary>
    public string? Thread => Content["thread_ts"]?.GetValue<string>();

    public string? DeliveryId => Content["metadata"]?["event_payload"]?["delivery_id"]?.GetValue<string>();

    public string Text => Content["text"]!.GetValue<string>();
}

/// <summary>The methods of Slack for one channel, with the limits that Slack documents.</summary>
internal sealed class SlackChannel(TimeProvider clock, SlackFiles files)
{
    private const int MostCharacters = 13_200;
    private int count;

    public List<SlackPost> Posts { get; } = [];

    public static JsonObject Error(string error) => new() { ["ok"] = false, ["error"] = error };

    public JsonObject Post(JsonObject message, bool isByBot = false)
    {
        if (isByBot && Text(message, "channel") is not (SlackServer.Channel or SlackServer.ChannelName or "#" + SlackServer.ChannelName))
            return Error("channel_not_found");
        if (Fault(message) is { } fault)
            return Error(fault);
        if (Text(message, "thread_ts") is { } thread && Posts.TrueForAll(post => post.Timestamp != thread))
            return Error("thread_not_found");
        var timestamp = string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow().ToUnixTimeSeconds()}.{++count:D6}");
        Posts.Add(new(timestamp, message));
        return new() { ["ok"] = true, ["channel"] = SlackServer.Channel, ["ts"] = timestamp };
    }

    public JsonObject Update(JsonObject message)
    {
        if (Text(message, "channel") != SlackServer.Channel)
            return Error("channel_not_found");
        if (Posts.Find(post => post.Timestamp == Text(message, "ts")) is not { } found)
            return Error("message_not_found");
        if (Fault(message) is { } fault)
            return Error(fault);
        if (!message.ContainsKey("metadata"))
            message["metadata"] = found.Content["metadata"]?.DeepClone();
        (found.Content, found.Edits) = (message, found.Edits + 1);
        return new() { ["ok"] = true, ["channel"] = SlackServer.Channel, ["ts"] = found.Timestamp };
    }

    /// <summary>The latest first; of replies only those that are shown in the channel, too.</summary>
    public JsonObject History(Dictionary<string, string> arguments) => Page(
        arguments,
        Posts.Where(post => post.Thread is null || post.Content["reply_broadcast"]?.GetValue<bool>() == true).Reverse());

    /// <summary>The message itself, then its replies, the oldest first.</summary>
    public JsonObject Replies(Dictionary<string, string> arguments)
    {
        var thread = arguments.GetValueOrDefault("ts");
        return Posts.TrueForAll(post => post.Timestamp != thread)
            ? Error("thread_not_found")
            : Page(arguments, Posts.Where(post => post.Timestamp == thread || post.Thread == thread));
    }

    public JsonObject List(Dictionary<string, string> arguments) => arguments.ContainsKey("cursor")
        ? new() { ["ok"] = true, ["channels"] = new JsonArray(Named(SlackServer.Channel, SlackServer.ChannelName)) }
        : new()
        {
            ["ok"] = true,
            ["channels"] = new JsonArray(Named("C0000000001", "general")),
            ["response_metadata"] = new JsonObject { ["next_cursor"] = "second=" },
        };

    private static JsonObject Page(Dictionary<string, string> arguments, IEnumerable<SlackPost> posts)
    {
        if (arguments.GetValueOrDefault("channel") != SlackServer.Channel)
            return Error("channel_not_found");
        var oldest = double.Parse(arguments.GetValueOrDefault("oldest", "0"), CultureInfo.InvariantCulture);
        var limit = int.Parse(arguments.GetValueOrDefault("limit", "100"), CultureInfo.InvariantCulture);
        var from = int.Parse(arguments.GetValueOrDefault("cursor", "0"), CultureInfo.InvariantCulture);
        var all = posts.Where(post => double.Parse(post.Timestamp, CultureInfo.InvariantCulture) >= oldest).ToList();
        var hasMetadata = arguments.GetValueOrDefault("include_all_metadata") == "true";
        return new()
        {
            ["ok"] = true,
            ["messages"] = new JsonArray([.. all.Skip(from).Take(limit).Select(post => Shown(post, hasMetadata))]),
            ["response_metadata"] = new JsonObject
            {
                ["next_cursor"] = from + limit < all.Count ? (from + limit).ToString(CultureInfo.InvariantCulture) : "",
            },
        };
    }

    private static JsonObject Shown(SlackPost post, bool hasMetadata)
    {
        var shown = post.Content.DeepClone().AsObject();
        shown["ts"] = post.Timestamp;
        if (!hasMetadata)
            shown.Remove("metadata");
        return shown;
    }

    private string? Fault(JsonObject message)
    {
        var blocks = Blocks(message).ToList();
        if (blocks.Exists(block => Text(block, "type") == "image" && !files.CanShow(block)))
            return "invalid_blocks";
        var texts = blocks.Where(block => Text(block, "type") != "image")
            .Select(block => (Type: Text(block, "type"), Text: Text(block["text"]!.AsObject(), "text") ?? "")).ToList();
        return Text(message, "text") is not { Length: > 0 } ? "no_text"
            : texts.Exists(text => text.Text.Length == 0 || text.Text.Length > (text.Type == "header" ? 150 : 3000)) ? "invalid_blocks"
            : texts.Count > 50 || texts.Sum(text => text.Text.Length) > MostCharacters ? "msg_blocks_too_long"
            : null;
    }

    private static IEnumerable<JsonObject> Blocks(JsonObject message) =>
        new[] { message["blocks"] }.Concat((message["attachments"] as JsonArray ?? []).Select(attachment => attachment!["blocks"]))
            .OfType<JsonArray>().SelectMany(blocks => blocks).Select(block => block!.AsObject());

    private static JsonObject Named(string id, string name) => new() { ["id"] = id, ["name"] = name };

    private static string? Text(JsonObject from, string name) => from[name]?.GetValue<string>();
}
