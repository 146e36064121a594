using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Checkpoints;

/// <summary>Reads a file that a <see cref="CheckpointFileWriter"/> has written.</summary>
/// <exception cref="CheckpointFormatException">From every method: the file is not a checkpoint, damaged, or of a format that this build
/// cannot read.</exception>
public sealed class CheckpointFileReader
{
    private readonly Stream stream;
    private readonly byte[] number = new byte[8];
    private ulong sum;

    /// <summary>Reads the begin of the file.</summary>
    /// <param name="stream">Must be seekable. Stays open.</param>
    public CheckpointFileReader(Stream stream)
    {
        this.stream = stream;
        if (stream.Length - stream.Position < 4 || Take(4).Int32() != CheckpointFileWriter.Magic)
        {
            throw new CheckpointFormatException(
                "This is not a checkpoint of Rx.Alerting: give a file that “rx-alerting checkpoint export” has written.",
                CheckpointFormatProblem.NotACheckpoint);
        }

        CheckpointFormatException.Require(Take(4).Int32(), CheckpointFileWriter.FormatVersion, "file format");
        var block = ReadBlock();
        var (pipeline, id, at) = (block.String() ?? throw Damaged("it names no pipeline"), block.Int64(), block.Int64());
        if (at != CheckpointFileWriter.NeverCommitted && (at < 0 || at > DateTimeOffset.MaxValue.UtcTicks))
            throw Damaged("the time of its commit cannot be");
        Origin = new(pipeline, id, at == CheckpointFileWriter.NeverCommitted ? null : new DateTimeOffset(at, TimeSpan.Zero));
    }

    public CheckpointOrigin Origin { get; }

    /// <summary>
    /// All entries, in chunks. The entries before a damaged place are given before the exception, so read to the end before using any
    /// entry.
    /// </summary>
    public IEnumerable<IReadOnlyList<StateEntry>> ReadEntries()
    {
        for (long entries = 0; ;)
        {
            var block = ReadBlock();
            var chunk = new StateEntry[block.Count()];
            if (chunk.Length == 0)
            {
                if (block.Int64() != entries || stream.Position != stream.Length)
                    throw Damaged("entries are missing, or something follows its end");
                yield break;
            }

            for (var i = 0; i < chunk.Length; i++)
                chunk[i] = new StateEntry(new StateKey(block.String() ?? string.Empty, block.UInt64(), block.UInt64()), block.Bytes());
            entries += chunk.Length;
            yield return chunk;
        }
    }

    private static CheckpointFormatException Damaged(string what) => new($"The checkpoint is damaged: {what}. Take another copy.");

    private StateReader ReadBlock()
    {
        var length = Take(4).Int32();
        if (length < 0 || length > stream.Length - stream.Position - 8)
            throw Damaged($"it ends at byte {stream.Length}, in the middle of a block");
        var content = new byte[length];
        stream.ReadExactly(content);
        sum = KeyHash.Combine(sum, ContentHash.Of(content));
        return Take(8).UInt64() == sum ? new StateReader(content) : throw Damaged("its content does not fit its check sum");
    }

    private StateReader Take(int length)
    {
        if (stream.Length - stream.Position < length)
            throw Damaged($"it ends at byte {stream.Length}, where more is expected");
        stream.ReadExactly(number, 0, length);
        return new StateReader(number.AsMemory(0, length));
    }
}
