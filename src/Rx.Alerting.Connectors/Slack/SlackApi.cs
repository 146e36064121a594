using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rx.Alerting.Connectors.Http;
using Rx.Alerting.Connectors.Receivers;
using Rx.Alerting.Core.Notifications;

namespace Rx.Alerting.Connectors.Slack;

/// <summary>Slack's methods.</summary>
internal sealed class SlackApi(HttpReceiver receiver, SecretMask mask, SlackOptions options)
{
    /// <summary>A page of messages may be large.</summary>
    private const int PageBytes = 4 * 1024 * 1024;

    private readonly Uri root = new(options.ApiUrl.EndsWith('/') ? options.ApiUrl : $"{options.ApiUrl}/");

    /// <summary>Calls a method that writes.</summary>
    public Task<SlackAnswer> WriteAsync(string method, JsonObject arguments, CancellationToken cancel) => CallAsync(
        method, HttpAddress.Post(new Uri(root, method), Encoding.UTF8.GetBytes(arguments.ToJsonString())), HttpReceiver.UsualBytes, cancel);

    /// <summary>Calls a method that writes, and that takes a form better than JSON.</summary>
    public Task<SlackAnswer> WriteFormAsync(string method, IEnumerable<KeyValuePair<string, string>> arguments, CancellationToken cancel) =>
        CallAsync(
            method,
            new(HttpMethod.Post, new Uri(root, method)) { Content = new FormUrlEncodedContent(arguments) },
            HttpReceiver.UsualBytes,
            cancel);

    /// <summary>Calls a method that reads. Slack takes no JSON for these.</summary>
    public Task<SlackAnswer> ReadAsync(string method, IEnumerable<(string Name, string Value)> arguments, CancellationToken cancel)
    {
        var query = string.Join('&', arguments.Select(argument => $"{argument.Name}={Uri.EscapeDataString(argument.Value)}"));
        return CallAsync(method, new(HttpMethod.Get, new Uri(root, $"{method}?{query}")), PageBytes, cancel);
    }

    private async Task<SlackAnswer> CallAsync(string method, HttpRequestMessage request, int maximumBytes, CancellationToken cancel)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Token);
        var answer = await receiver.SendAsync(request, cancel, maximumBytes);
        if (answer.Failure is { } failure)
            return new(null, null, failure);
        if (Parse(answer.Body) is not { } content || content["ok"] is not JsonValue ok || !ok.TryGetValue(out bool isOk))
        {
            var said = mask.Shown(answer.Body);
            var problem = $"{root.Authority} does not answer as Slack does: {said}";
            return new(null, null, new NotifyResult.Later(problem, IsInDoubt: true, answer.RetryAfter));
        }

        if (isOk)
            return new(content, null, null);
        var error = mask.Shown(Text(content["error"]) ?? "no reason");
        var needed = Text(content["needed"]) is { } scopes ? mask.Shown(scopes) : null;
        return new(null, error, SlackErrors.Result(method, error, needed, answer.RetryAfter));
    }

    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static JsonObject? Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What a method has answered.</summary>
/// <param name="Content">The answer; null where there is a failure.</param>
/// <param name="Error">The name of Slack's error; null if Slack has not answered with one.</param>
/// <param name="Failure">What that means for the notification; null if the method has done what it was told.</param>
internal sealed record SlackAnswer(JsonObject? Content, string? Error, NotifyResult? Failure)
{
    /// <summary>Whether the message is not taken as it is, which may be due to its picture.</summary>
    public bool IsInvalid => Error is "invalid_blocks" or "invalid_attachments";

    public bool IsGone => Error is not null && SlackErrors.Gone.Contains(Error);
}
