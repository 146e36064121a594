namespace Rx.Alerting.Connectors.Slack;

/// <summary>A message in Slack.</summary>
/// <param name="Channel">The channel's id.</param>
/// <param name="Timestamp">Slack's <c>ts</c>: names the message within its channel.</param>
/// <param name="Picture">The id of the picture that the message shows, or will show. Null: there is none.</param>
internal sealed record SlackPlace(string Channel, string Timestamp, string? Picture = null)
{
    /// <summary>Null: there is no message, or the reference is not one of Slack's.</summary>
    public static SlackPlace? Parse(string? reference) =>
        reference?.Split(':') is [{ Length: > 0 } channel, { Length: > 0 } timestamp, .. { Length: <= 1 } rest]
            ? new(channel, timestamp, rest.FirstOrDefault())
            : null;

    public override string ToString() => Picture is null ? $"{Channel}:{Timestamp}" : $"{Channel}:{Timestamp}:{Picture}";
}
