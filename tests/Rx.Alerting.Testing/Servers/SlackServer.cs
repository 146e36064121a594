using System.Text.Json.Nodes;

namespace Rx.Alerting.Testing.Servers;

/// <summary>Keeps messages as Slack does, in one channel, and fails as a test says. A webhook posts to the same channel.</summary>
public sealed class SlackServer : IDisposable
{
    public const string Token = "xoxb-1234567890-SecretOfTheBot";
    public const string Channel = "C0123456789";
    public const string ChannelName = "alerts";
    public const string WebhookPath = "/services/T01234567/B01234567/SecretOfTheWebhook";

    private readonly Lock sync = new();
    private readonly ScriptedHttpServer server;
    private readonly SlackChannel channel;
    private readonly List<(string Method, ScriptedAnswer Failure, bool HasEffect)> failures = [];

    public SlackServer(TimeProvider clock)
    {
        channel = new(clock, Files);
        server = new(Answer);
        Files.Root = server.Address;
    }

    /// <summary>What was uploaded.</summary>
    public SlackFiles Files { get; } = new();

    public string ApiUrl => $"{server.Address}api/";

    public string WebhookUrl => $"{server.Address}{WebhookPath[1..]}";

    /// <summary>All messages, replies too, the oldest first.</summary>
    public IReadOnlyList<SlackPost> Posts
    {
        get
        {
            lock (sync)
                return [.. channel.Posts];
        }
    }

    /// <summary>Says how long an answer takes. What was asked for is done before.</summary>
    public Func<TimeSpan> Latency { get; init; } = () => TimeSpan.Zero;

    /// <inheritdoc cref="ScriptedHttpServer.Unanswered"/>
    public int Unanswered => server.Unanswered;

    public IEnumerable<string> Calls => server.Requests.Select(request => request.Path.Split('/')[^1]);

    /// <summary>Waits for a request that nobody has waited for yet.</summary>
    public Task ArrivalAsync(CancellationToken cancel) => server.ArrivalAsync(cancel);

    /// <summary>Fails the next call of a method. May be called several times.</summary>
    /// <param name="method">The last part of the path.</param>
    /// <param name="failure">What is answered.</param>
    /// <param name="hasEffect">Whether the method does what it is told all the same.</param>
    public void Fail(string method, ScriptedAnswer failure, bool hasEffect = false)
    {
        lock (sync)
            failures.Add((method, failure, hasEffect));
    }

    /// <summary>An error as Slack answers it: with status 200.</summary>
    public void Fail(string method, string error, bool hasEffect = false, params string[] headers) =>
        Fail(method, new ScriptedAnswer(200, SlackChannel.Error(error).ToJsonString(), headers), hasEffect);

    /// <summary>Somebody deletes a message.</summary>
    public void Delete(SlackPost post)
    {
        lock (sync)
            channel.Posts.Remove(post);
    }

    /// <summary>Others write, too.</summary>
    public void Chat(int messages)
    {
        lock (sync)
        {
            for (var i = 0; i < messages; i++)
                channel.Post(new() { ["text"] = "Good morning" });
        }
    }

    public void Dispose() => server.Dispose();

    private ScriptedAnswer Answer(ScriptedRequest request)
    {
        lock (sync)
        {
            var method = request.Path.Split('/')[^1];
            var next = failures.FindIndex(failure => failure.Method == method);
            if (next < 0)
                return Execute(request, method) with { Delay = Latency() };
            var (_, failure, hasEffect) = failures[next];
            failures.RemoveAt(next);
            if (hasEffect)
                Execute(request, method);
            return failure;
        }
    }

    private ScriptedAnswer Execute(ScriptedRequest request, string method)
    {
        if (request.Path == WebhookPath)
        {
            var posted = channel.Post(JsonNode.Parse(request.Body)!.AsObject());
            return posted["ok"]!.GetValue<bool>() ? new(200, "ok") : new(400, "invalid_payload");
        }

        if (request.Path.StartsWith(SlackFiles.UploadPath, StringComparison.Ordinal))
            return Files.Take(request);
        var answer = request.Headers.GetValueOrDefault("Authorization") != $"Bearer {Token}" ? SlackChannel.Error("invalid_auth")
            : method switch
            {
                "chat.postMessage" => channel.Post(Json(request), isByBot: true),
                "chat.update" => channel.Update(Json(request)),
                "conversations.history" => channel.History(Query(request)),
                "conversations.replies" => channel.Replies(Query(request)),
                "conversations.list" => channel.List(Query(request)),
                "files.getUploadURLExternal" => Files.Begin(Form(request)),
                "files.completeUploadExternal" => Files.End(Json(request)),
                _ => SlackChannel.Error("unknown_method"),
            };
        return new(200, answer.ToJsonString());
    }

    private static JsonObject Json(ScriptedRequest request) =>
        request.Headers.GetValueOrDefault("Content-Type") == "application/json; charset=utf-8"
            ? JsonNode.Parse(request.Body)!.AsObject()
            : [];

    /// <summary>Methods that read take arguments in the query, not in JSON.</summary>
    private static Dictionary<string, string> Query(ScriptedRequest request) => Pairs(request.Target.Split('?')[^1]);

    private static Dictionary<string, string> Form(ScriptedRequest request) =>
        request.Headers.GetValueOrDefault("Content-Type") == "application/x-www-form-urlencoded" ? Pairs(request.Body) : [];

    private static Dictionary<string, string> Pairs(string text) => text.Split('&')
        .Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[^1]), StringComparer.Ordinal);
}
