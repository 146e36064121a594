using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Checkpoints;

/// <summary>A whole checkpoint as one piece of bytes, as it is exported to files: all its entries, and a check sum of them.</summary>
public static class Checkpoint
{
    private const int Magic = 0x4C415852; // "RXAL"
    private const int FormatVersion = 2;

    public static ReadOnlyMemory<byte> Encode(IReadOnlyList<StateEntry> entries)
    {
        var writer = new StateWriter();
        writer.Int32(Magic);
        writer.Int32(FormatVersion);
        writer.Int32(entries.Count);
        foreach (var (key, value) in entries)
        {
            writer.String(key.Section);
            writer.UInt64(key.High);
            writer.UInt64(key.Low);
            writer.Bytes(value.Span);
        }

        writer.UInt64(KeyHash.Of(writer.Written.Span));
        return writer.Written;
    }

    /// <exception cref="CheckpointFormatException">Not a checkpoint, damaged, or of a format that this build cannot read.</exception>
    public static IReadOnlyList<StateEntry> Decode(ReadOnlyMemory<byte> checkpoint)
    {
        var reader = new StateReader(checkpoint);
        if (checkpoint.Length < 12 || reader.Int32() != Magic)
            throw new CheckpointFormatException("This is not a checkpoint of Rx.Alerting.");
        CheckpointHeader.Require(reader.Int32(), FormatVersion, "format");
        if (checkpoint.Length < 20 || new StateReader(checkpoint[^8..]).UInt64() != KeyHash.Of(checkpoint.Span[..^8]))
            throw new CheckpointFormatException("The checkpoint is damaged: its content does not fit its check sum. Restore a copy, or start without it.");
        var entries = new StateEntry[reader.Count()];
        for (var i = 0; i < entries.Length; i++)
            entries[i] = new StateEntry(new StateKey(reader.String()!, reader.UInt64(), reader.UInt64()), reader.Bytes());
        return entries;
    }
}
