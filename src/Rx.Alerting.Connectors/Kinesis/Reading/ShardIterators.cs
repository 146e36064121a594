using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Rx.Alerting.Connectors.Kinesis.Shards;

namespace Rx.Alerting.Connectors.Kinesis.Reading;

/// <summary>Iterators of one shard for positions in it, and the look whether the retention has passed the first one.</summary>
/// <remarks>
/// The service does not say that a sequence number is older than its oldest record: it goes on behind the gap. So before a shard is resumed, its oldest
/// record is looked at; if it is newer than the position, the record at the position is gone and others may be, too. Not so if nothing was behind the
/// position until lately: every stream keeps a record for a day at least, so whatever came since is there, and a quiet shard has no gap.
/// </remarks>
internal sealed class ShardIterators(StreamAccess stream, ShardNode node, ReadPacer pacer)
{
    /// <summary>Reads that may find nothing before a shard counts as empty.</summary>
    private const int Looks = 10;

    /// <summary>The shortest retention of a stream, less what clocks may differ.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromHours(23);

    /// <summary>Where reading begins, once <see cref="FirstAsync"/> has looked for a gap.</summary>
    internal ShardPosition Start { get; private set; } = node.Start;

    /// <exception cref="KinesisSourceException">The retention has passed the position, and the options say to fail.</exception>
    internal async Task<string> FirstAsync(CancellationToken cancellation)
    {
        if (node.FromLatest)
            return await CallAsync(new() { ShardIteratorType = ShardIteratorType.LATEST }, cancellation);
        if (Start.Kind == ShardPositionKind.Record)
        {
            try
            {
                if (!await HasGapAsync(Start, cancellation))
                    return await AtAsync(Start, cancellation);
            }
            catch (InvalidArgumentException)
            {
                // The sequence number is of another stream: this one was made anew under the same name.
            }

            Gaps.Found(stream, node.Id, Start);
            Start = ShardPosition.TrimHorizon;
        }

        return await AtAsync(Start, cancellation);
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
        if (position.Milliseconds > 0 && stream.Time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(position.Milliseconds) < Kept)
            return false;
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

    private async Task<string> CallAsync(GetShardIteratorRequest request, CancellationToken cancellation)
    {
        request.StreamName = stream.Options.StreamName;
        request.ShardId = node.Id;
        var response = await stream.RetryAsync("GetShardIterator", node.Id, () => stream.Client.GetShardIteratorAsync(request, cancellation), cancellation);
        return response.ShardIterator!;
    }
}
