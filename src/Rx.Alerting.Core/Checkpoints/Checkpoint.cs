using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Checkpoints;

/// <summary>The encoding of a whole pipeline's state: a header, one section for each operator, a check sum of all that.</summary>
public static class Checkpoint
{
    private const int Magic = 0x4C415852; // "RXAL"
    private const int FormatVersion = 1;

    public static ReadOnlyMemory<byte> Save(IReadOnlyList<IOperatorState> states)
    {
        var writer = new StateWriter();
        writer.Int32(Magic);
        writer.Int32(FormatVersion);
        writer.Int32(states.Count);
        foreach (var state in states)
        {
            var section = new StateWriter();
            state.Save(section);
            writer.String(state.Name);
            writer.Int32(state.Version);
            writer.Bytes(section.Written.Span);
        }

        writer.UInt64(KeyHash.Of(writer.Written.Span));
        return writer.Written;
    }

    /// <exception cref="CheckpointFormatException">Not a checkpoint, damaged, or of a version that this build cannot read.</exception>
    public static void Load(ReadOnlyMemory<byte> checkpoint, IReadOnlyList<IOperatorState> states)
    {
        var reader = new StateReader(checkpoint);
        if (checkpoint.Length < 12 || reader.Int32() != Magic)
            throw new CheckpointFormatException("This is not a checkpoint of Rx.Alerting.");
        Require(reader.Int32(), FormatVersion, "format");
        if (checkpoint.Length < 20 || new StateReader(checkpoint[^8..]).UInt64() != KeyHash.Of(checkpoint.Span[..^8]))
            throw new CheckpointFormatException("The checkpoint is damaged: its content does not fit its check sum. Restore a copy, or start without it.");
        Require(reader.Int32(), states.Count, "number of sections");
        foreach (var state in states)
        {
            var name = reader.String();
            if (name != state.Name)
                throw new CheckpointFormatException($"The checkpoint has a section “{name}” where “{state.Name}” is expected; use the release that wrote it.");
            Require(reader.Int32(), state.Version, $"section “{name}”");
            var section = new StateReader(reader.Bytes());
            state.Load(section);
            if (!section.AtEnd)
                throw new CheckpointFormatException($"The checkpoint is damaged: section “{name}” is longer than its content.");
        }
    }

    private static void Require(int found, int known, string what)
    {
        if (found != known)
            throw new CheckpointFormatException($"The checkpoint's {what} has version {found}, this build reads version {known}: use the release that wrote it, or start without the checkpoint.");
    }
}
