using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Control;

/// <summary>An option that somebody has set while the pipeline ran.</summary>
/// <param name="Key">The option.</param>
/// <param name="Value">As options are written.</param>
/// <param name="Version">The number of the change that has set it.</param>
/// <param name="By">Who has set it.</param>
/// <param name="Comment">Why; may be null.</param>
/// <param name="At">Event time. Null: before the first view.</param>
public sealed record AdjustedOption(string Key, string Value, long Version, string By, string? Comment, DateTimeOffset? At)
{
    internal const string Layout =
        "key text, value text, version i64, by text, comment text, isTimed bool, at i64 if isTimed";

    /// <summary>What is configured in its place. Not part of the state.</summary>
    public string Configured { get; init; } = string.Empty;

    internal void Save(StateWriter writer)
    {
        writer.String(Key);
        writer.String(Value);
        writer.Int64(Version);
        writer.String(By);
        writer.String(Comment);
        writer.Boolean(At is not null);
        if (At is { } time)
            writer.Time(time);
    }

    internal static AdjustedOption Load(StateReader reader) => new(
        reader.String() ?? string.Empty,
        reader.String() ?? string.Empty,
        reader.Int64(),
        reader.String() ?? string.Empty,
        reader.String(),
        reader.Boolean() ? reader.Time() : null);
}
