using System.Numerics;
using Amazon.Kinesis.Model;
using Rx.Alerting.Connectors.Framing;
using Rx.Alerting.Connectors.Kinesis.Aggregation;
using Rx.Alerting.Connectors.Kinesis.Shards;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Kinesis.Reading;

/// <summary>
/// Makes batches of the records of one shard. A batch ends where a record ends, unless a single aggregated record is larger than two
/// batches.
/// </summary>
internal sealed class ShardBatches(StreamAccess stream, ShardNode node)
{
    private readonly ViewBatch batch = new(node.Id);
    private readonly ValueDecoding values =
        new(stream.Options.Format, stream.Options.AccessLog, stream.Options.MaximumRecordBytes);

    private readonly AggregatedRecord aggregated = new();
    private int misplaced;

    private int Count => batch.ViewCount + batch.RejectedCount;

    /// <summary>Where to read on behind the batches that were given.</summary>
    internal ShardPosition Position { get; set; } = node.Start;

    /// <summary>Gives the batches of one read. Each is valid until the next is asked for.</summary>
    internal IEnumerable<ViewBatch> Of(IReadOnlyList<Record> records)
    {
        batch.Clear();
        var pending = false;
        foreach (var record in records)
        {
            // The first record may be an aggregated record of which some parts were pushed before. Those are left out.
            var isBegun = Position is { Kind: ShardPositionKind.Record, Part: not null } && Position.Sequence == record.SequenceNumber;
            var first = isBegun ? Position.Part!.Value + 1 : 0;
            if (!TryTakeApart(record))
                Add(record);
            for (var i = first; i < aggregated.Parts.Count; i++)
            {
                if (Count >= stream.Options.BatchViews * 2)
                {
                    Position = ShardPosition.After(record.SequenceNumber!, i - 1);
                    yield return End(Position);
                    batch.Clear();
                }

                AddPart(record, i);
            }

            Position = ShardPosition.After(record.SequenceNumber!);
            pending = Count < stream.Options.BatchViews;
            if (pending)
                continue;
            yield return End(Position);
            batch.Clear();
        }

        if (pending)
            yield return End(Position);
    }

    internal ViewBatch Empty(PartitionStatus status)
    {
        batch.Clear();
        batch.Status = status;
        return End(Position);
    }

    /// <summary>Takes an aggregated record apart. False if the record is not aggregated.</summary>
    private bool TryTakeApart(Record record)
    {
        var bytes = Bytes(record);
        if (!AggregatedRecord.IsAggregated(bytes))
        {
            aggregated.Clear();
            return false;
        }

        var outcome = aggregated.Read(bytes, node.Hashes);
        if (outcome == AggregationOutcome.Malformed)
        {
            ValueDecoding.Reject(batch, RejectionReason.Malformed, bytes);
        }
        else if (outcome == AggregationOutcome.Misplaced)
        {
            stream.Counters.Misplaced();
            if (BitOperations.IsPow2(++misplaced))
                KinesisLog.Misplaced(stream.Logger, node.Id, misplaced);
        }

        return true;
    }

    private void Add(Record record) => values.Decode(batch, Bytes(record), Arrival(record));

    private void AddPart(Record record, int part) =>
        values.Decode(batch, Bytes(record)[aggregated.Parts[part]], Arrival(record));

    private ViewBatch End(ShardPosition position)
    {
        batch.Position = position.ToString();
        return batch;
    }

    private static ReadOnlySpan<byte> Bytes(Record record) => record.Data switch
    {
        null => [],
        var data => data.TryGetBuffer(out var buffer) ? buffer : data.ToArray(),
    };

    private static long Arrival(Record record) =>
        record.ApproximateArrivalTimestamp is { } time
            ? new DateTimeOffset(time.ToUniversalTime()).ToUnixTimeMilliseconds()
            : View.NoArrivalTime;
}
