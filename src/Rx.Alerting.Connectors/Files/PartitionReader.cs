using System.Globalization;
using Rx.Alerting.Connectors.Framing;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Files;

/// <summary>
/// Fills batches with the records of one file. Where a batch ends depends on the records alone, never on how the bytes
/// happened to arrive.
/// </summary>
/// <param name="input">Gives the bytes.</param>
/// <param name="decoding">Finds where records end, and decodes them.</param>
/// <param name="batchViews">How many records a batch has at most.</param>
/// <param name="blockBytes">How many bytes are read at once.</param>
/// <param name="start">The offset of the first byte that <paramref name="input"/> gives.</param>
internal sealed class PartitionReader(
    RecordInput input, RecordDecoding decoding, int batchViews, int blockBytes, long start = 0)
{
    private const int MaximumBatchBytes = 8 << 20;
    private const int SampleBytes = 256;

    private byte[] carry = [];
    private int carryLength;
    private long position = start;
    private long records;
    private bool ended;
    private bool waiting;

    /// <summary>The beginning of a record that is too long and has not been passed over yet. Null if there is none.</summary>
    private byte[]? tooLong;
    private long tooLongBytes;

    internal RecordInput Input => input;

    internal bool Finished { get; private set; }

    /// <summary>The offset of the first record that has not been given.</summary>
    internal long Position => position;

    /// <summary>Records decoded so far, including rejected records.</summary>
    internal long Records => Volatile.Read(ref records);

    /// <summary>Passes over the bytes before <paramref name="offset"/>.</summary>
    internal void SkipTo(long offset)
    {
        var buffer = new byte[Math.Min(offset, blockBytes)];
        while (position < offset)
        {
            var count = input.Read(buffer.AsSpan(0, (int)Math.Min(buffer.Length, offset - position)));
            if (count == 0)
                return;
            position += count;
        }
    }

    /// <summary>
    /// Fills a batch with the next records. If there are not enough records, the batch holds fewer. With the last records, the partition is
    /// finished.
    /// </summary>
    internal void Fill(ViewBatch batch)
    {
        batch.Clear();
        var pending = batch.Append(carry.AsSpan(0, carryLength));
        var begin = position;
        var count = 0;
        waiting = false;
        while (count < batchViews && position - begin < MaximumBatchBytes && !Finished && !waiting)
        {
            if (tooLong is not null)
            {
                pending = Skip(batch, pending);
                count += tooLong is null ? 1 : 0;
                continue;
            }

            var frame = pending.IsEmpty ? default : decoding.Next(batch, pending, ended, View.NoArrivalTime);
            if (frame.Kind is FrameKind.More or FrameKind.Closed)
            {
                pending = Extend(batch, pending);
                Finished = ended && pending.IsEmpty;

                // Closed, and no more bytes now: the object counts without a line end, because the next object may not come soon.
                if (frame.Kind == FrameKind.More || !waiting)
                    continue;
            }

            count += frame.Kind is FrameKind.Blank or FrameKind.TooLong ? 0 : 1;
            Take(batch, frame, ref pending);
        }

        Keep(batch.Bytes(pending));
        Volatile.Write(ref records, records + count);
        batch.Position = position.ToString(CultureInfo.InvariantCulture);
        batch.Status = Finished ? PartitionStatus.Finished : PartitionStatus.Active;
    }

    private void Take(ViewBatch batch, Frame frame, ref TextRange pending)
    {
        var record = RecordDecoding.RangeOf(pending, frame);
        switch (frame.Kind)
        {
            case FrameKind.Record or FrameKind.Closed:
            case FrameKind.Unterminated when input.Problem is null:
                decoding.Decode(batch, pending, frame, View.NoArrivalTime);
                break;
            case FrameKind.Unterminated:
            case FrameKind.Cut:
                batch.Reject(RejectionReason.Malformed, record);
                break;
            case FrameKind.TooLong:
                tooLong = batch.Bytes(Sample(record)).ToArray();
                tooLongBytes = 0;
                return;
            case FrameKind.Lost:
                batch.Reject(RejectionReason.Malformed, Sample(record));
                input.Break(string.Create(
                    CultureInfo.InvariantCulture, $"at byte {position} is no length of a record; what follows cannot be read"));
                Finished = true;
                return;
        }

        position += frame.Consumed;
        pending = After(pending, frame.Consumed);
    }

    /// <summary>
    /// Reads a block directly behind the pending bytes. If a decoder has appended texts behind them, moves them to the end first.
    /// </summary>
    private TextRange Extend(ViewBatch batch, TextRange pending)
    {
        if (pending.IsEmpty)
            pending = new(batch.TextLength, 0);
        else if (pending.Offset + pending.Length != batch.TextLength)
            pending = batch.Append(batch.Bytes(pending));
        var count = ended ? 0 : Read(batch.Reserve(blockBytes));
        batch.Commit(count);
        return pending with { Length = pending.Length + count };
    }

    /// <summary>
    /// Passes over the record at the beginning of the pending bytes, without keeping its bytes. The record counts when its end is found,
    /// maybe in a later batch.
    /// </summary>
    private TextRange Skip(ViewBatch batch, TextRange pending)
    {
        var over = decoding.Framing.Skip(batch.Bytes(pending), out var skipped);
        tooLongBytes += skipped;
        pending = After(pending, skipped);
        while (!over && !ended && !waiting)
        {
            var block = batch.Reserve(blockBytes);
            var count = Read(block);
            over = decoding.Framing.Skip(block[..count], out skipped);
            tooLongBytes += skipped;
            if (over)
                pending = After(batch.Commit(count), skipped);
        }

        if (!over && waiting)
            return pending;
        if (!over && decoding.Framing.KnowsLengths)
        {
            input.Break(string.Create(
                CultureInfo.InvariantCulture,
                $"the record at byte {position} is longer than all that follows; "
                + $"its length is wrong, and nothing behind it was read"));
        }

        batch.Reject(RejectionReason.TooLong, batch.Append(tooLong));
        tooLong = null;
        position += tooLongBytes;
        return pending;
    }

    private int Read(Span<byte> target)
    {
        var count = input.Read(target);
        waiting = count == 0 && input.MayGrow;
        ended = count == 0 && !waiting;
        return count;
    }

    private static TextRange Sample(TextRange record) => record with { Length = Math.Min(record.Length, SampleBytes) };

    private static TextRange After(TextRange pending, int count) => new(pending.Offset + count, pending.Length - count);

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        // Many of the followed files may have nothing to give, so they keep no buffer.
        if (waiting && bytes.IsEmpty)
            carry = [];
        else if (carry.Length < bytes.Length)
            carry = new byte[Math.Max(bytes.Length, blockBytes)];
        bytes.CopyTo(carry);
        carryLength = bytes.Length;
    }
}
