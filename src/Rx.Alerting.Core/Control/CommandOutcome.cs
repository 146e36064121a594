using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Control;

/// <summary>What has become of a command. Numbers are kept in checkpoints: new ones go to the end.</summary>
public enum CommandStatus
{
    /// <summary>It has taken effect.</summary>
    Done,

    /// <summary>There was nothing to do: it is so already.</summary>
    AlreadySo,

    /// <summary>It has no effect. The reason says why.</summary>
    Refused,
}

/// <summary>The answer to a command. A command that comes again has the answer of the first time.</summary>
/// <param name="CommandId">The command.</param>
/// <param name="By">Who has sent it.</param>
/// <param name="Status">What has become of it.</param>
/// <param name="Reason">A sentence for people; null if the command is done.</param>
/// <param name="At">The event time at which it was decided. Null: before the first view.</param>
public sealed record CommandOutcome(string CommandId, string By, CommandStatus Status, string? Reason, DateTimeOffset? At)
{
    internal const string Layout = "id text, by text, status u8, reason text, isTimed bool, at i64 if isTimed";

    internal void Save(StateWriter writer)
    {
        writer.String(CommandId);
        writer.String(By);
        writer.Byte((byte)Status);
        writer.String(Reason);
        writer.Boolean(At is not null);
        if (At is { } time)
            writer.Time(time);
    }

    internal static CommandOutcome Load(StateReader reader)
    {
        var (id, by) = (reader.String() ?? string.Empty, reader.String() ?? string.Empty);
        var status = (CommandStatus)reader.Byte();
        if (!Enum.IsDefined(status))
            throw new CheckpointFormatException($"The checkpoint is damaged: a command has the unknown status {status}.");
        return new(id, by, status, reader.String(), reader.Boolean() ? reader.Time() : null);
    }
}
