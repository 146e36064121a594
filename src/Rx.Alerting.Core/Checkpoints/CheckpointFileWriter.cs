using System.Buffers.Binary;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Checkpoints;

/// <summary>Writes a whole checkpoint as a file. Every store can import the file.</summary>
/// <remarks>
/// The file has these parts:
/// <list type="number">
/// <item>the four bytes <c>RXAL</c></item>
/// <item>the version of the format</item>
/// <item>a block with the origin of the checkpoint</item>
/// <item>blocks with entries</item>
/// <item>a block with the number of entries</item>
/// </list>
/// A block is its length, its content, and a check sum of its content and of all blocks before. So a reader finds a part that is cut off,
/// has changed, or comes from another file.
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

    /// <summary>Writes the begin of the file. Must be called first.</summary>
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

    /// <summary>Writes entries, in any order. No key may occur twice.</summary>
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

    /// <summary>Writes the end of the file. Must be called last, else the file is not whole.</summary>
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
        sum = KeyHash.Combine(sum, ContentHash.Of(content));
        BinaryPrimitives.WriteUInt64LittleEndian(number, sum);
        stream.Write(number, 0, 8);
    }

    private void Int32(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(number, value);
        stream.Write(number, 0, 4);
    }
}
