using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Effects;

/// <summary>How far a channel has come in the outbox of a pipeline.</summary>
/// <param name="Channel">The channel's name.</param>
/// <param name="Acknowledged">The latest effect that was delivered, by its sequence. 0: none.</param>
public sealed record ChannelCursor(string Channel, long Acknowledged)
{
    internal const string Layout =
        "channel text, acknowledged i64, attempts i32, isWaiting bool, nextAttempt i64 if isWaiting, dropped i64";

    /// <summary>Attempts to deliver the next effect that have failed.</summary>
    public int Attempts { get; init; }

    /// <summary>When the next attempt is made, if the latest has failed. In processing time.</summary>
    public DateTimeOffset? NextAttempt { get; init; }

    /// <summary>Effects that had to leave the outbox before they were delivered.</summary>
    public long Dropped { get; init; }

    internal void Save(StateWriter writer)
    {
        writer.String(Channel);
        writer.Int64(Acknowledged);
        writer.Int32(Attempts);
        writer.Boolean(NextAttempt is not null);
        if (NextAttempt is { } time)
            writer.Time(time);
        writer.Int64(Dropped);
    }

    internal static ChannelCursor Load(StateReader reader)
    {
        var channel = reader.String() ?? throw new CheckpointFormatException("The checkpoint is damaged: a cursor has no channel.");
        return new(channel, reader.Int64())
        {
            Attempts = reader.Int32(),
            NextAttempt = reader.Boolean() ? reader.Time() : null,
            Dropped = reader.Int64(),
        };
    }
}
