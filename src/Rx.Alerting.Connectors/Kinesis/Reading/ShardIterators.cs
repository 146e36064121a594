using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Rx.Alerting.Connectors.Kinesis.Shards;

namespace Rx.Alerting.Connectors.Kinesis.Reading;

/// <summary>Gets iterators for positions in one shard, and looks whether records behind a position were removed by retention.</summary>
/// <remarks>
/// Kinesis does not say that a sequence number is older than the oldest record. It silently goes on behind the gap. So:
/// <list type="bullet">
/// <item>Before a shard is resumed, its oldest record is looked at. If that is newer than the position, there is a gap.</item>
/// <item>Exception: the position is known to have been the newest until lately. Every stream keeps a record for a day at least, so all
/// records since then are there. A quiet shard has no gap.</item>
/// <item>Kinesis does not say either that retention has overtaken a reader. So a reader that is behind looks again every few
/// minutes.</item>
/// </list>
/// </remarks>
internal sealed class ShardIterators(StreamAccess stream, ShardNode node, ReadPacer pacer)
{
    /// <summary>How many reads without records it takes until a shard counts as empty.</summary>
    private const int Looks = 10;

    /// <summary>The shortest retention of a stream (a day), less an hour because clocks may differ.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromHours(23);

    /// <summary>The lifetime of an iterator. A look is two or three calls, so it costs next to nothing.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromMinutes(5);

    private long looked = stream.Time.GetTimestamp();

    /// <summary>Gets the iterator with which reading the shard begins.</summary>
    /// <exception cref="KinesisSourceException">Records behind the position were removed, and the options say to fail.</exception>
    internal async Task<(string Iterator, ShardPosition Position)> FirstAsync(CancellationToken cancellation) => node.FromLatest
        ? (await CallAsync(new() { ShardIteratorType = ShardIteratorType.LATEST }, cancellation), node.Start)
        : await ResumeAsync(node.Start, cancellation);

    /// <summary>Whether it is time to look for a gap behind the position of a reader.</summary>
    internal bool IsLookDue(ShardPosition position) =>
        position.Kind == ShardPositionKind.Record
        && !IsKept(position)
        && stream.Time.GetElapsedTime(looked) >= LookInterval;

    /// <summary>Gets an iterator for a position; or, if there is a gap, for the oldest record.</summary>
    /// <exception cref="KinesisSourceException">Records behind the position were removed, and the options say to fail.</exception>
    internal async Task<(string Iterator, ShardPosition Position)> ResumeAsync(ShardPosition position, CancellationToken cancellation)
    {
        if (position.Kind == ShardPositionKind.Record)
        {
            try
            {
                if (!await HasGapAsync(position, cancellation))
                    return (await AtAsync(position, cancellation), position);
            }
            catch (InvalidArgumentException)
            {
                // The sequence number is of an earlier stream of the same name: that was deleted, and this one made.
            }

            Gaps.Found(stream, node.Id, position);
            position = ShardPosition.TrimHorizon;
        }

        return (await AtAsync(position, cancellation), position);
    }

    internal Task<string> AtAsync(ShardPosition position, CancellationToken cancellation) => CallAsync(
        position.Kind switch
        {
            ShardPositionKind.Record => new()
            {
                ShardIteratorType = position.Part is null ? ShardIteratorType.AFTER_SEQUENCE_NUMBER : ShardIteratorType.AT_SEQUENCE_NUMBER,
                StartingSequenceNumber = position.Sequence,
            },
            ShardPositionKind.Timestamp => new()
            {
                ShardIteratorType = ShardIteratorType.AT_TIMESTAMP,
                Timestamp = DateTime.UnixEpoch.AddMilliseconds(position.Milliseconds),
            },
            _ => new() { ShardIteratorType = ShardIteratorType.TRIM_HORIZON },
        },
        cancellation);

    private async Task<bool> HasGapAsync(ShardPosition position, CancellationToken cancellation)
    {
        var sequence = position.Sequence!;
        if (Gaps.Compare(sequence, node.FirstSequence) < 0)
            return true;
        if (IsKept(position))
            return false;
        looked = stream.Time.GetTimestamp();
        string? iterator = await AtAsync(ShardPosition.TrimHorizon, cancellation);
        for (var look = 0; look < Looks && iterator is not null; look++)
        {
            await pacer.WaitAsync(TimeSpan.Zero, cancellation);
            var request = new GetRecordsRequest { ShardIterator = iterator, Limit = 1 };
            try
            {
                var response = await stream.RetryAsync(
                    "GetRecords", node.Id, () => stream.Client.GetRecordsAsync(request, cancellation), cancellation);
                if (response.Records is [var oldest, ..])
                    return Gaps.Compare(sequence, oldest.SequenceNumber) < 0;
                if (response.MillisBehindLatest == 0)
                    break;
                iterator = response.NextShardIterator;
            }
            catch (ExpiredIteratorException)
            {
                iterator = await AtAsync(ShardPosition.TrimHorizon, cancellation);
            }
        }

        return false;
    }

    /// <summary>
    /// Whether all records behind the position must still be there: it was the newest so lately that none can have been removed.
    /// </summary>
    private bool IsKept(ShardPosition position) =>
        position.Milliseconds > 0
        && stream.Time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(position.Milliseconds) < Kept;

    private async Task<string> CallAsync(GetShardIteratorRequest request, CancellationToken cancellation)
    {
        request.StreamName = stream.Options.StreamName;
        request.ShardId = node.Id;
        var response = await stream.RetryAsync(
            "GetShardIterator", node.Id, () => stream.Client.GetShardIteratorAsync(request, cancellation), cancellation);
        return response.ShardIterator!;
    }
}
