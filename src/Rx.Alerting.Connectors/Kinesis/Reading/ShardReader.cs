using Amazon.Kinesis.Model;
using Rx.Alerting.Connectors.Kinesis.Shards;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Kinesis.Reading;

/// <summary>Reads one shard, from its start until it is closed.</summary>
/// <param name="stream">The stream.</param>
/// <param name="node">The shard, which has been announced.</param>
/// <param name="exchange">Where batches go.</param>
/// <param name="reads">How many shards may hold records at the same time.</param>
/// <param name="gated">Whether the gate is asked; not if other shards wait for this one.</param>
internal sealed class ShardReader(StreamAccess stream, ShardNode node, BatchExchange exchange, SemaphoreSlim reads, bool gated)
{
    private static readonly TimeSpan GateInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>How often a position says that a quiet shard is caught up: much shorter than what any stream keeps.</summary>
    private static readonly TimeSpan QuietInterval = TimeSpan.FromHours(1);

    private readonly ReadPacer pacer = new(stream.Time, stream.Options.ReadsPerSecond, stream.Options.BytesPerSecond);
    private readonly Backoff backoff = new(stream, "GetRecords", node.Id);
    private readonly ShardBatches batches = new(stream, node);
    private bool caughtUp;
    private bool quiet;
    private bool idle;
    private (DateTimeOffset Time, long Timestamp) asked;
    private long told;
    private bool interrupted;

    /// <summary>Ends when the shard has been read to its end; that it has finished is for the caller to tell.</summary>
    internal async Task RunAsync(CancellationToken cancellation)
    {
        var iterators = new ShardIterators(stream, node, pacer);
        (var iterator, batches.Position) = await iterators.FirstAsync(cancellation);
        while (iterator is not null)
        {
            while (!await IsOpenAsync(cancellation))
                await HoldAsync(cancellation);
            if (iterators.IsLookDue(batches.Position))
                (iterator, batches.Position) = await iterators.ResumeAsync(batches.Position, cancellation);
            await pacer.WaitAsync(caughtUp ? stream.Options.PollInterval : TimeSpan.Zero, cancellation);
            try
            {
                iterator = await ReadAsync(iterator, cancellation);
                if (interrupted)
                    iterator = await iterators.AtAsync(batches.Position, cancellation);
                backoff.Reset();
            }
            catch (ExpiredIteratorException)
            {
                stream.Counters.IteratorExpired();
                KinesisLog.IteratorExpired(stream.Logger, node.Id, batches.Position.ToString());
                (iterator, batches.Position) = await iterators.ResumeAsync(batches.Position, cancellation);
            }
            catch (ReadFailedException e)
            {
                if (Failures.KindOf(e.InnerException!) == FailureKind.Throttled)
                    pacer.Throttled();
                await stream.DelayAsync(backoff.Next(e.InnerException!), cancellation);
            }
        }

        // Event time waits for the shards that come after this one, which have yet to be listed.
        await ActiveAsync(cancellation);
    }

    /// <summary>A shard that may not be read is not idle.</summary>
    private async Task HoldAsync(CancellationToken cancellation)
    {
        await ActiveAsync(cancellation);
        caughtUp = false;
        quiet = false;
        await stream.DelayAsync(GateInterval, cancellation);
    }

    private async Task ActiveAsync(CancellationToken cancellation)
    {
        if (idle)
            await exchange.PushAsync([batches.Empty(PartitionStatus.Active)], cancellation);
        idle = false;
    }

    /// <summary>One read, and its batches; gives the next iterator.</summary>
    private async Task<string?> ReadAsync(string iterator, CancellationToken cancellation)
    {
        await reads.WaitAsync(cancellation);
        try
        {
            asked = (stream.Time.GetUtcNow(), stream.Time.GetTimestamp());
            var response = await CallAsync(iterator, cancellation);
            stream.Answer();
            var records = response.Records ?? [];
            var bytes = records.Sum(record => record.Data?.Length ?? 0);
            pacer.Read(bytes);
            stream.Counters.Read(records.Count, bytes);
            caughtUp = response.MillisBehindLatest == 0 && response.NextShardIterator is not null;
            await PushAsync(records, cancellation);
            return response.NextShardIterator;
        }
        finally
        {
            reads.Release();
        }
    }

    private async Task<GetRecordsResponse> CallAsync(string iterator, CancellationToken cancellation)
    {
        try
        {
            return await stream.Client.GetRecordsAsync(new() { ShardIterator = iterator, Limit = stream.Options.MaximumRecords }, cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && !Failures.IsForCaller(e))
        {
            throw new ReadFailedException(e);
        }
    }

    /// <summary>
    /// Pushes until the gate closes between two batches. What is left then is dropped and read again later: kept, it would use memory
    /// for as long as the gate is closed.
    /// </summary>
    private async Task PushAsync(IReadOnlyList<Record> records, CancellationToken cancellation)
    {
        interrupted = false;
        foreach (var batch in batches.Of(records))
        {
            idle = false;
            await exchange.PushAsync([batch], cancellation);
            interrupted = batches.Position != ShardPosition.After(records[^1].SequenceNumber!) && !await IsOpenAsync(cancellation);
            if (interrupted)
                return;
        }

        if (caughtUp)
            batches.Position = batches.Position.CaughtUp(asked.Time);

        // A shard that has ended may say so only with the read behind the first one that is empty.
        var wasQuiet = quiet;
        quiet = records.Count == 0 && caughtUp;
        if (!quiet || !wasQuiet || (idle && stream.Time.GetElapsedTime(told, asked.Timestamp) < QuietInterval))
            return;
        idle = true;
        told = asked.Timestamp;
        await exchange.PushAsync([batches.Empty(PartitionStatus.Idle)], cancellation);
    }

    private async ValueTask<bool> IsOpenAsync(CancellationToken cancellation) => !gated || await exchange.IsOpenAsync(node.Id, cancellation);

    /// <summary>The service's failure, told apart from one of the observer.</summary>
    private sealed class ReadFailedException(Exception failure) : Exception(null, failure);
}
