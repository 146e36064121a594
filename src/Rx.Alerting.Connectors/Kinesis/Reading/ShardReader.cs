using Amazon.Kinesis.Model;
using Rx.Alerting.Connectors.Kinesis.Shards;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Kinesis.Reading;

/// <summary>Reads one shard, from its start to its end.</summary>
/// <param name="stream">The stream.</param>
/// <param name="node">The shard, which has been announced.</param>
/// <param name="output">Where batches go.</param>
/// <param name="reads">How many shards may hold records at the same time.</param>
/// <param name="gated">Whether the gate of the shard is asked. If other shards wait for this shard, only a pause holds it.</param>
internal sealed class ShardReader(StreamAccess stream, ShardNode node, SerializedOutput output, SemaphoreSlim reads, bool gated)
{
    private static readonly TimeSpan GateInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// How often the position of a quiet shard is renewed, to say that the shard is caught up: much shorter than any retention.
    /// </summary>
    private static readonly TimeSpan QuietInterval = TimeSpan.FromHours(1);

    private readonly ReadPacer pacer = new(stream.Time, stream.Options.ReadsPerSecond, stream.Options.BytesPerSecond);
    private readonly Backoff backoff = new(stream, "GetRecords", node.Id);
    private readonly ShardBatches batches = new(stream, node);
    private bool caughtUp;
    private bool quiet;
    private bool idle;
    private (DateTimeOffset Time, long Timestamp) readAt;
    private long toldIdleAt;

    /// <summary>How far the latest read was behind, and when. Null: nothing has been read.</summary>
    private (TimeSpan Lag, long At)? latestRead;
    private bool interrupted;

    /// <summary>Ends when the shard has been read to its end. The caller tells the observer that the shard has finished.</summary>
    internal async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            await ReadToEndAsync(cancellation);
        }
        finally
        {
            stream.Progress.TryRemove(node.Id, out _);
        }
    }

    private async Task ReadToEndAsync(CancellationToken cancellation)
    {
        var iterators = new ShardIterators(stream, node, pacer);
        (var iterator, batches.Position) = await iterators.FirstAsync(cancellation);
        while (iterator is not null)
        {
            while (!await IsOpenAsync(cancellation))
                await WaitAtGateAsync(cancellation);
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
                TellProgress(isPaused: false);
                if (Failures.KindOf(e.InnerException!) == FailureKind.Throttled)
                    pacer.Throttled();
                await stream.DelayAsync(backoff.Next(e.InnerException!), cancellation);
            }
        }

        // The children of this shard have yet to be listed. Until then this shard is active, so that event time waits for them.
        await TellActiveAsync(cancellation);
    }

    /// <summary>Waits before the gate is asked again. A shard whose gate is closed is not idle.</summary>
    private async Task WaitAtGateAsync(CancellationToken cancellation)
    {
        await TellActiveAsync(cancellation);
        caughtUp = false;
        quiet = false;
        TellProgress(isPaused: true);
        await stream.DelayAsync(GateInterval, cancellation);
    }

    /// <summary>
    /// While nothing is read, records may have come since the latest read. So reading is behind by as much more as time has passed.
    /// </summary>
    private void TellProgress(bool isPaused) => stream.Progress[node.Id] = new(node.Id)
    {
        LagTime = latestRead is var (lag, at) ? lag + stream.Time.GetElapsedTime(at) : null,
        IsPaused = isPaused,
    };

    private async Task TellActiveAsync(CancellationToken cancellation)
    {
        if (idle)
            await output.PushAsync([batches.Empty(PartitionStatus.Active)], cancellation);
        idle = false;
    }

    /// <summary>Reads once, pushes the batches, and gives the next iterator. Null at the end of the shard.</summary>
    private async Task<string?> ReadAsync(string iterator, CancellationToken cancellation)
    {
        await reads.WaitAsync(cancellation);
        try
        {
            readAt = (stream.Time.GetUtcNow(), stream.Time.GetTimestamp());
            var response = await CallAsync(iterator, cancellation);
            stream.Answer();
            var records = response.Records ?? [];
            var bytes = records.Sum(record => record.Data?.Length ?? 0);
            pacer.Read(bytes);
            stream.Counters.Read(records.Count, bytes);
            var lag = TimeSpan.FromMilliseconds(response.MillisBehindLatest ?? 0);
            latestRead = (lag, readAt.Timestamp);
            stream.Progress[node.Id] = new(node.Id) { LagTime = lag };
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
            var request = new GetRecordsRequest { ShardIterator = iterator, Limit = stream.Options.MaximumRecords };
            return await stream.Client.GetRecordsAsync(request, cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && !Failures.IsForCaller(e))
        {
            throw new ReadFailedException(e);
        }
    }

    /// <summary>
    /// Pushes batches until the gate closes between two of them. The remaining records are dropped and read again later: if they were kept,
    /// they would use memory for as long as the gate is closed.
    /// </summary>
    private async Task PushAsync(IReadOnlyList<Record> records, CancellationToken cancellation)
    {
        interrupted = false;
        foreach (var batch in batches.Of(records))
        {
            idle = false;
            await output.PushAsync([batch], cancellation);
            interrupted = batches.Position != ShardPosition.After(records[^1].SequenceNumber!) && !await IsOpenAsync(cancellation);
            if (interrupted)
                return;
        }

        if (caughtUp)
            batches.Position = batches.Position.CaughtUp(readAt.Time);

        // A shard that has ended may say so only with the second empty read. So a shard is idle only after two of them.
        var wasQuiet = quiet;
        quiet = records.Count == 0 && caughtUp;
        if (!quiet || !wasQuiet || (idle && stream.Time.GetElapsedTime(toldIdleAt, readAt.Timestamp) < QuietInterval))
            return;
        idle = true;
        toldIdleAt = readAt.Timestamp;
        await output.PushAsync([batches.Empty(PartitionStatus.Idle)], cancellation);
    }

    private async ValueTask<bool> IsOpenAsync(CancellationToken cancellation) =>
        gated ? await output.IsOpenAsync(node.Id, cancellation) : !await output.IsPausedAsync(cancellation);

    /// <summary>Wraps a failure of the service, to tell it from a failure of the observer.</summary>
    private sealed class ReadFailedException(Exception failure) : Exception(null, failure);
}
