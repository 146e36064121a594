using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Rx.Alerting.Connectors.Kinesis.Shards;

namespace Rx.Alerting.Connectors.Kinesis.Reading;

/// <summary>Iterators of one shard for positions in it, and the look whether the retention has passed one.</summary>
/// <remarks>
/// The service does not say that a sequence number is older than its oldest record: it goes on behind the gap. So before a shard is resumed, its oldest
/// record is looked at; if it is newer than the position, the record at the position is gone and others may be, too. Not so if nothing was behind the
/// position until lately: every stream keeps a record for a day at least, so whatever came since is there, and a quiet shard has no gap.
/// Neither is a reader told that the retention overtakes it, so one that is behind looks again every few minutes.
/// </remarks>
internal sealed class ShardIterators(StreamAccess stream, ShardNode node, ReadPacer pacer)
{
    /// <summary>Reads that may find nothing before a shard counts as empty.</summary>
    private const int Looks = 10;

    /// <summary>The shortest retention of a stream, less what clocks may differ.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromHours(23);

    /// <summary>As long as an iterator lives. A look is two calls or three, so it costs next to nothing.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromMinutes(5);

    private long looked = stream.Time.GetTimestamp();

    /// <summary>Where the shard's reading begins.</summary>
    /// <exception cref="KinesisSourceException">The retention has passed the position, and the options say to fail.</exception>
    internal async Task<(string Iterator, ShardPosition Position)> FirstAsync(CancellationToken cancellation) => node.FromLatest
        ? (await CallAsync(new() { ShardIteratorType = ShardIteratorType.LATEST }, cancellation), node.Start)
        : await ResumeAsync(node.Start, cancellation);

    /// <summary>Whether the retention may have passed a position that a reader goes on from.</summary>
    internal bool IsLookDue(ShardPosition position) =>
        position.Kind == ShardPositionKind.Record && !IsKept(position) && stream.Time.GetElapsedTime(looked) >= LookInterval;

    /// <summary>Goes on at a position, or behind a gap with the oldest record.</summary>
    /// <exception cref="KinesisSourceException">The retention has passed the position, and the options say to fail.</exception>
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
                // The sequence number is of another stream: this one was made anew under the same name.
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
                var response = await stream.RetryAsync("GetRecords", node.Id, () => stream.Client.GetRecordsAsync(request, cancellation), cancellation);
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

    private bool IsKept(ShardPosition position) =>
        position.Milliseconds > 0 && stream.Time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(position.Milliseconds) < Kept;

    private async Task<string> CallAsync(GetShardIteratorRequest request, CancellationToken cancellation)
    {
        request.StreamName = stream.Options.StreamName;
        request.ShardId = node.Id;
        var response = await stream.RetryAsync("GetShardIterator", node.Id, () => stream.Client.GetShardIteratorAsync(request, cancellation), cancellation);
        return response.ShardIterator!;
    }
}
