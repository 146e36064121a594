namespace Rx.Alerting.Connectors.Slack;

/// <summary>A message in Slack.</summary>
/// <param name="Channel">The channel's id.</param>
/// <param name="Timestamp">Slack's <c>ts</c>: names the message within its channel.</param>
/// <param name="Picture">The id of the picture that was uploaded last, or <see cref="Lost"/>. Null: none was.</param>
internal sealed record SlackPlace(string Channel, string Timestamp, string? Picture = null)
{
    /// <summary>Slack does not show the picture. It gets another one at the end only, or it might get one with every edit.</summary>
    public const string Lost = "-";

    /// <summary>The picture that the message shows, or will show. Null: there is none.</summary>
    public string? Shown => Picture == Lost ? null : Picture;

    /// <summary>Null: there is no message, or the reference is not one of Slack's.</summary>
    public static SlackPlace? Parse(string? reference) =>
        reference?.Split(':') is [{ Length: > 0 } channel, { Length: > 0 } timestamp, .. { Length: <= 1 } rest]
            ? new(channel, timestamp, rest.FirstOrDefault())
            : null;

    public override string ToString() => Picture is null ? $"{Channel}:{Timestamp}" : $"{Channel}:{Timestamp}:{Picture}";
}
