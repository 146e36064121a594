using System.Buffers.Binary;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Checkpoints;

/// <summary>Writes a whole checkpoint as a file, from which any store can take it.</summary>
/// <remarks>
/// The file is the four bytes <c>RXAL</c>, the version of the format, and blocks: the first says where the checkpoint comes from, the last how many
/// entries there are, those between hold them. A block is its length, its content, and a check sum of its content and of all blocks before it: what
/// is cut off, changed, or comes from another file is found.
/// </remarks>
/// <param name="stream">Stays open.</param>
public sealed class CheckpointFileWriter(Stream stream)
{
    internal const int Magic = 0x4C415852; // "RXAL"
    internal const int FormatVersion = 3;
    internal const long NeverCommitted = long.MinValue;

    private readonly byte[] number = new byte[8];
    private ulong sum;
    private long entries;

    /// <summary>Comes first.</summary>
    public void Begin(CheckpointOrigin origin)
    {
        Int32(Magic);
        Int32(FormatVersion);
        var block = new StateWriter();
        block.String(origin.Pipeline);
        block.Int64(origin.Id);
        block.Int64(origin.CommittedAt?.UtcTicks ?? NeverCommitted);
        Write(block);
    }

    /// <summary>Entries in any order; no key may come twice.</summary>
    public void Write(IReadOnlyList<StateEntry> chunk)
    {
        if (chunk.Count == 0)
            return;
        var block = new StateWriter();
        block.Int32(chunk.Count);
        foreach (var (key, value) in chunk)
        {
            block.String(key.Section);
            block.UInt64(key.High);
            block.UInt64(key.Low);
            block.Bytes(value.Span);
        }

        entries += chunk.Count;
        Write(block);
    }

    /// <summary>Comes last; without it the file is not whole.</summary>
    public void End()
    {
        var block = new StateWriter();
        block.Int32(0);
        block.Int64(entries);
        Write(block);
    }

    private void Write(StateWriter block)
    {
        var content = block.Written.Span;
        Int32(content.Length);
        stream.Write(content);
        sum = KeyHash.Combine(sum, KeyHash.Of(content));
        BinaryPrimitives.WriteUInt64LittleEndian(number, sum);
        stream.Write(number, 0, 8);
    }

    private void Int32(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(number, value);
        stream.Write(number, 0, 4);
    }
}
