namespace Rx.Alerting.Connectors.Slack;

/// <summary>A message in Slack.</summary>
/// <param name="Channel">The channel's id.</param>
/// <param name="Timestamp">Slack's <c>ts</c>: names the message within its channel.</param>
internal sealed record SlackPlace(string Channel, string Timestamp)
{
    /// <summary>Null: there is no message, or the reference is not one of Slack's.</summary>
    public static SlackPlace? Parse(string? reference) =>
        reference?.Split(':') is [{ Length: > 0 } channel, { Length: > 0 } timestamp] ? new(channel, timestamp) : null;

    public override string ToString() => $"{Channel}:{Timestamp}";
}
