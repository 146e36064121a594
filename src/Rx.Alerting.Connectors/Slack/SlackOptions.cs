using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Rx.Alerting.Connectors.Http;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Connectors.Slack;

/// <summary>
/// A channel of Slack. With the token of a bot, an incident is one message that is kept up to date; with an incoming webhook, there is a
/// message for everything that people are to look at.
/// </summary>
[OptionSection("Channels:NAME", Kind = "slack")]
public sealed partial record SlackOptions : IValidatableObject
{
    /// <summary>
    /// The token of a bot, <c>xoxb-…</c>, with the scopes chat:write, channels:history (groups:history for a private channel) and
    /// metadata.message:read. The bot must be in the channel. Instead of <see cref="Url"/>.
    /// </summary>
    [Secret]
    public string Token { get; init; } = "";

    /// <summary>A file with the token, instead of <see cref="Token"/>.</summary>
    public string TokenFile { get; init; } = "";

    /// <summary>
    /// Where the bot writes: a channel's id, such as <c>C0123456789</c>, or its name. With a name, the bot needs the scope channels:read
    /// (groups:read), too, to find the channel after a broken connection. Only with <see cref="Token"/>.
    /// </summary>
    [Pattern(@"|[CGD][A-Z0-9]{8,30}|#?[\p{Ll}\p{Lo}\p{N}_-]{1,80}", "a channel's id or name, or empty")]
    public string Channel { get; init; } = "";

    /// <summary>The address of an incoming webhook, <c>https://hooks.slack.com/services/…</c>. Instead of <see cref="Token"/>.</summary>
    [Secret]
    [Pattern("|" + HttpAddress.Pattern, HttpAddress.Words + ", or empty")]
    public string Url { get; init; } = "";

    /// <summary>A file with the address of the webhook, instead of <see cref="Url"/>.</summary>
    public string UrlFile { get; init; } = "";

    /// <summary>Where Slack's methods are. Only with <see cref="Token"/>.</summary>
    [Pattern(HttpAddress.Pattern, HttpAddress.Words)]
    public string ApiUrl { get; init; } = "https://slack.com/api/";

    /// <summary>
    /// Whether messages show a picture of the error rate. The bot needs the scope files:write, too. Only with <see cref="Token"/>.
    /// </summary>
    public bool Picture { get; init; }

    internal bool HasChannelId => ChannelId().IsMatch(Channel);

    /// <summary>Without secrets.</summary>
    public override string ToString() => Token.Length > 0 ? $"Slack, channel {Channel}" : "Slack, incoming webhook";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Token.Length > 0 == Url.Length > 0)
            yield return new($"must be set, or {nameof(Url)}, and not both", [nameof(Token)]);
        if (Token.Length > 0 && Channel.Length == 0)
            yield return new($"must be set with {nameof(Token)}", [nameof(Channel)]);
        if (Url.Length > 0 && Channel.Length > 0)
            yield return new($"must not be set with {nameof(Url)}: the webhook has a channel", [nameof(Channel)]);
        if (Url.Length > 0 && Picture)
            yield return new($"must not be yes with {nameof(Url)}: a webhook cannot upload pictures", [nameof(Picture)]);
        if (Token.Length > 0 && !TokenText().IsMatch(Token))
            yield return new("must be a token such as xoxb-…, without spaces", [nameof(Token)]);
        if (HttpAddress.Fault(Url) is { } fault)
            yield return new(fault, [nameof(Url)]);
        if (Token.Length > 0 && HttpAddress.Fault(ApiUrl) is { } apiFault)
            yield return new(apiFault, [nameof(ApiUrl)]);
    }

    [GeneratedRegex(@"\A[CGD][A-Z0-9]{8,30}\z")]
    private static partial Regex ChannelId();

    [GeneratedRegex(@"\A[A-Za-z0-9._-]+\z")]
    private static partial Regex TokenText();
}
