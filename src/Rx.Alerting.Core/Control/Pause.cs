using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Control;

/// <summary>Somebody has a pipeline rest: its source is not read, and event time stands.</summary>
/// <param name="By">Who.</param>
/// <param name="Comment">Why; may be null.</param>
/// <param name="At">Event time. Null: before the first view.</param>
public sealed record Pause(string By, string? Comment, DateTimeOffset? At)
{
    internal const string Layout = "by text, comment text, isTimed bool, at i64 if isTimed";

    internal void Save(StateWriter writer)
    {
        writer.String(By);
        writer.String(Comment);
        writer.Boolean(At is not null);
        if (At is { } time)
            writer.Time(time);
    }

    internal static Pause Load(StateReader reader) =>
        new(reader.String() ?? string.Empty, reader.String(), reader.Boolean() ? reader.Time() : null);
}
