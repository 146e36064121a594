using Rx.Alerting.Core.Notifications;

namespace Rx.Alerting.Connectors.Slack;

/// <summary>What Slack's errors mean. It answers most of them with status 200.</summary>
internal static class SlackErrors
{
    /// <summary>The message to be edited is not there any more, or cannot be edited.</summary>
    public static readonly string[] Gone = ["message_not_found", "cant_update_message", "edit_window_closed", "thread_not_found"];

    /// <summary>Something of the operation may have succeeded, as Slack says.</summary>
    private static readonly string[] Doubtful = ["internal_error", "fatal_error", "service_unavailable"];

    private static readonly string[] Passing =
        ["ratelimited", "rate_limited", "message_limit_exceeded", "request_timeout", "team_added_to_org", "org_login_required"];

    private static readonly Dictionary<string, string> Advice = new(StringComparer.Ordinal)
    {
        ["invalid_auth"] = "set a valid Token",
        ["not_authed"] = "set a valid Token",
        ["token_revoked"] = "the token was revoked: set a new one",
        ["token_expired"] = "the token has expired: set a new one",
        ["account_inactive"] = "the bot was removed from the workspace: install it again, and set its new Token",
        ["not_allowed_token_type"] = "the token is not a bot's: set one that begins with xoxb-",
        ["channel_not_found"] = "set a Channel that is there, and invite the bot to it if it is private",
        ["is_archived"] = "the channel is archived: set another one",
        ["not_in_channel"] = "invite the bot to the channel: /invite @bot",
        ["restricted_action"] = "the workspace does not let the bot write to the channel: ask an administrator",
        ["restricted_action_read_only_channel"] = "the channel is read-only: set another one",
        ["ekm_access_denied"] = "administrators of the workspace have stopped all messages",
    };

    /// <param name="method">The method that was called.</param>
    /// <param name="error">The error's name.</param>
    /// <param name="needed">The scopes that the method needs, where Slack says so.</param>
    /// <param name="retryAfter">How long Slack wants to be left alone.</param>
    public static NotifyResult Result(string method, string error, string? needed, TimeSpan? retryAfter)
    {
        var problem = $"Slack's {method} answers {error}";
        if (Doubtful.Contains(error))
            return new NotifyResult.Later(problem, IsInDoubt: true, retryAfter);
        if (Passing.Contains(error))
            return new NotifyResult.Later(problem, IsInDoubt: false, retryAfter);
        var advice = error == "missing_scope" ? $"give the bot the scope {needed ?? "that the method needs"}, and install it again"
            : Advice.GetValueOrDefault(error);
        return new NotifyResult.Refused(advice is null ? problem : $"{problem}: {advice}");
    }
}
