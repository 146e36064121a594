using System.Globalization;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Files;

/// <summary>
/// Fills batches with the records of one file. Where a batch ends depends on the records alone, never on how the bytes
/// happened to arrive.
/// </summary>
internal sealed class PartitionReader(FileInput input, RecordFraming framing, IViewDecoder decoder, FileSourceOptions options)
{
    private const int MaximumBatchBytes = 8 << 20;
    private const int SampleBytes = 256;

    private readonly int batchViews = options.EffectiveBatchViews;
    private byte[] carry = [];
    private int carryLength;
    private long position;
    private long records;
    private bool ended;

    internal FileInput Input => input;

    internal bool Finished { get; private set; }

    /// <summary>Records decoded so far, rejected ones included.</summary>
    internal long Records => Volatile.Read(ref records);

    /// <summary>Passes over the bytes before <paramref name="offset"/>.</summary>
    internal void SkipTo(long offset)
    {
        var buffer = new byte[Math.Min(offset, options.BlockBytes)];
        while (position < offset)
        {
            var count = input.Read(buffer.AsSpan(0, (int)Math.Min(buffer.Length, offset - position)));
            if (count == 0)
                return;
            position += count;
        }
    }

    /// <summary>Fills a batch with the next records; with the last ones, the partition is finished.</summary>
    internal void Fill(ViewBatch batch)
    {
        batch.Clear();
        var pending = batch.Append(carry.AsSpan(0, carryLength));
        var begin = position;
        var count = 0;
        while (count < batchViews && position - begin < MaximumBatchBytes && !Finished)
        {
            var frame = pending.IsEmpty ? default : framing.Next(batch.Bytes(pending), ended);
            if (frame.Kind == FrameKind.More)
            {
                pending = Extend(batch, pending);
                Finished = ended && pending.IsEmpty;
                continue;
            }

            count += frame.Kind == FrameKind.Blank ? 0 : 1;
            Take(batch, frame, ref pending);
        }

        Keep(batch.Bytes(pending));
        Volatile.Write(ref records, records + count);
        batch.Position = position.ToString(CultureInfo.InvariantCulture);
        batch.Status = Finished ? PartitionStatus.Finished : PartitionStatus.Active;
    }

    private void Take(ViewBatch batch, Frame frame, ref TextRange pending)
    {
        var record = new TextRange(pending.Offset + frame.Start, frame.Length);
        switch (frame.Kind)
        {
            case FrameKind.Record:
            case FrameKind.Unterminated when input.Problem is null:
                decoder.Decode(batch, record, View.NoArrivalTime);
                break;
            case FrameKind.Unterminated:
            case FrameKind.Cut:
                batch.Reject(RejectionReason.Malformed, record);
                break;
            case FrameKind.TooLong:
                batch.Reject(RejectionReason.TooLong, record with { Length = Math.Min(record.Length, SampleBytes) });
                pending = Skip(batch, pending);
                return;
            case FrameKind.Lost:
                batch.Reject(RejectionReason.Malformed, record with { Length = Math.Min(record.Length, SampleBytes) });
                input.Break(string.Create(CultureInfo.InvariantCulture, $"at byte {position} is no length of a record; what follows cannot be read"));
                Finished = true;
                return;
        }

        position += frame.Consumed;
        pending = new(pending.Offset + frame.Consumed, pending.Length - frame.Consumed);
    }

    /// <summary>Reads a block behind what is pending, which is moved there if a decoder has appended texts meanwhile.</summary>
    private TextRange Extend(ViewBatch batch, TextRange pending)
    {
        if (pending.IsEmpty)
            pending = new(batch.TextLength, 0);
        else if (pending.Offset + pending.Length != batch.TextLength)
            pending = batch.Append(batch.Bytes(pending));
        var count = ended ? 0 : input.Read(batch.Reserve(options.BlockBytes));
        ended = count == 0;
        batch.Commit(count);
        return pending with { Length = pending.Length + count };
    }

    /// <summary>Passes over the record at the beginning of what is pending, without keeping its bytes.</summary>
    private TextRange Skip(ViewBatch batch, TextRange pending)
    {
        var begin = position;
        var over = framing.Skip(batch.Bytes(pending), out var skipped);
        position += skipped;
        pending = new(pending.Offset + skipped, pending.Length - skipped);
        while (!over && !ended)
        {
            var block = batch.Reserve(options.BlockBytes);
            var count = input.Read(block);
            ended = count == 0;
            over = framing.Skip(block[..count], out skipped);
            position += skipped;
            if (over)
            {
                var range = batch.Commit(count);
                pending = new(range.Offset + skipped, range.Length - skipped);
            }
        }

        if (!over && framing.KnowsLengths)
            input.Break(string.Create(CultureInfo.InvariantCulture, $"the record at byte {begin} is longer than all that follows; its length is wrong, and nothing behind it was read"));
        return pending;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (carry.Length < bytes.Length)
            carry = new byte[Math.Max(bytes.Length, options.BlockBytes)];
        bytes.CopyTo(carry);
        carryLength = bytes.Length;
    }
}
