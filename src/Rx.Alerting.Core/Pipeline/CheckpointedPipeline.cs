using System.Reactive;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>
/// Runs a <see cref="DetectionPipeline"/> so that every view counts exactly once, whatever happens to the process or to the store.
/// </summary>
/// <remarks>
/// <list type="number">
/// <item>Acquire the pipeline: no earlier owner can commit any more.</item>
/// <item>Restore the latest commit.</item>
/// <item>Read on from the positions in that commit.</item>
/// <item>Commit the changes at intervals, beside the pipeline.</item>
/// <item>Deliver what is committed to every channel, beside the commits.</item>
/// </list>
/// State, positions and outbox are one commit. A crash loses what came after the latest commit, and that is read again. Effects leave from
/// committed outboxes only. If the store has lost commits that it had confirmed, the pipeline begins anew from what the store has.
/// </remarks>
/// <param name="name">Names the pipeline in the store.</param>
/// <param name="options">Of the pipeline.</param>
/// <param name="checkpoints">Valid.</param>
/// <param name="store">Keeps the checkpoints.</param>
/// <param name="channels">Where committed effects go. Each has a name of its own.</param>
/// <param name="clock">Paces commits and deliveries.</param>
/// <param name="events">Told of what happens, on any thread; for logs and metrics.</param>
/// <param name="deliveries">Told of deliveries, on any thread; for logs and metrics. Null: nobody listens.</param>
/// <param name="watch">Sees the pipeline at rest; null: nobody does.</param>
/// <param name="who">Who runs it, for people who ask the store; null: nobody says.</param>
public sealed partial class CheckpointedPipeline(
    string name,
    PipelineOptions options,
    CheckpointOptions checkpoints,
    ICheckpointStore store,
    IReadOnlyList<IChannel> channels,
    TimeProvider clock,
    IObserver<CheckpointEvent> events,
    IObserver<CourierEvent>? deliveries = null,
    IPipelineWatch? watch = null,
    string? who = null)
{
    /// <summary>What the store has lost since this process runs, as a clause for people; null: nothing.</summary>
    private string? lost;
    private CommitLoop? current;

    /// <inheritdoc cref="PipelineDrive.Step"/>
    public long Step => Volatile.Read(ref current)?.Step ?? 0;

    /// <summary>Ends when the source has been read to its end, or <paramref name="stop"/> was asked for, after a last commit.</summary>
    /// <param name="source">Can be read several times.</param>
    /// <param name="stop">Ends the reading in good order.</param>
    /// <exception cref="OwnershipLostException">
    /// Another process has acquired the pipeline; this one has committed nothing since.
    /// </exception>
    /// <exception cref="CheckpointMissingException">The store has no state, and the options refuse to begin without.</exception>
    /// <exception cref="CheckpointFormatException">The checkpoint cannot be read; the message says what to do.</exception>
    /// <exception cref="CheckpointStoreException">The store is damaged, or does not let us in.</exception>
    /// <exception cref="Exception">Whatever made the source or the pipeline fail.</exception>
    public async Task RunAsync(IViewSource source, CancellationToken stop)
    {
        try
        {
            await RunAgainAsync(source, stop);
        }
        finally
        {
            commands.Stop();
            reads.End();
        }
    }

    private async Task RunAgainAsync(IViewSource source, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await RunOnceAsync(source, stop);
                return;
            }
            catch (CheckpointRolledBackException rolledBack)
            {
                lost = $"commit {rolledBack.ExpectedId} was confirmed";
                events.OnNext(new(name, CheckpointEventKind.RolledBack, 0, 0, TimeSpan.Zero, rolledBack));
                // Restoring is work, and a store that keeps on losing may be in the hands of somebody who mends it.
                await Task.Delay(checkpoints.RetryInterval, clock, stop)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return; // Before there was anything to commit.
            }
        }
    }

    private async Task RunOnceAsync(IViewSource source, CancellationToken stop)
    {
        var started = clock.GetTimestamp();
        var retry = new StoreRetry(name, checkpoints.RetryInterval, clock, events);
        // Asked before the pipeline is acquired. If the store knows it without state, somebody has begun or reset it deliberately.
        var known = await retry.RunAsync(0, cancel => store.FindAsync(name, cancel), stop);
        if (known is null or { Id: 0 })
            await JudgeMissingAsync(source, isKnown: known is not null, stop);
        // Before it is taken from whoever runs it, perhaps a newer release.
        if (known is { Id: > 0 })
            await retry.RunAsync(known.Id, ThrowIfUnreadableAsync, stop);
        var owner = CheckpointOwner.New(who);
        var head = await retry.RunAsync(0, cancel => store.AcquireAsync(name, owner, cancel), stop);
        var entries = await retry.RunAsync(head.Id, cancel => ReadAsync(head, cancel), stop);
        using var pipeline = new DetectionPipeline(options, entries, tracksChanges: true, clock);
        events.OnNext(new(name, CheckpointEventKind.Restored, head.Id, entries.Count, clock.GetElapsedTime(started))
        {
            Beginning = source.Beginning,
            Lost = lost,
            LatestEffect = pipeline.Outbox.Latest,
        });
        lost = null;
        watch?.Begin(name, pipeline);
        var couriers = new Couriers(
            new(name, head.Epoch, [.. pipeline.History]) { EventTime = pipeline.EventTime },
            () => [.. pipeline.History],
            channels,
            pipeline.Outbox,
            options.Effects,
            clock,
            deliveries ?? Observer.Create<CourierEvent>(_ => { }));
        using var changes = new UncommittedChanges(pipeline, options.Windows.PaneInterval, clock);
        var committer = new CheckpointCommitter(name, head, pipeline, store, retry, couriers, cuts, changes, clock, events);
        var loop = new CommitLoop(pipeline, committer, couriers, commands, reads, checkpoints, clock)
        {
            Advanced = () =>
            {
                changes.Reach(pipeline.NewestEventTime);
                watch?.Advance(name, pipeline);
            },
            Settled = () => watch?.Settle(name, pipeline),
        };
        using var running = cuts.Begin();
        Volatile.Write(ref current, loop);
        await loop.RunAsync(source, stop);
    }

    /// <exception cref="CheckpointFormatException">This build cannot read the checkpoint; the message says what to do.</exception>
    private async Task<bool> ThrowIfUnreadableAsync(CancellationToken cancel)
    {
        await foreach (var chunk in store.ReadAsync(name, StateSections.Header, cancel))
        {
            foreach (var header in chunk)
                DetectionPipeline.Schema.Read(header);
        }

        return true;
    }

    /// <summary>Finds out whether there was state before, and refuses to begin without it where the options say so.</summary>
    private async Task JudgeMissingAsync(IViewSource source, bool isKnown, CancellationToken stop)
    {
        var neverRead = false;
        if (lost is null && !isKnown)
        {
            var earlier = await source.FindEarlierReadingAsync(stop);
            (lost, neverRead) = (earlier.Trace, earlier.IsKnown && earlier.Trace is null);
        }

        var mayBegin = checkpoints.OnMissing == CheckpointOnMissing.Begin || neverRead || (isKnown && lost is null);
        if (!mayBegin)
            throw new CheckpointMissingException(name, lost, source.Beginning);
    }

    /// <summary>
    /// Reads all entries, and checks that they are of one commit: nobody else has acquired the pipeline, and the store has not gone back.
    /// </summary>
    private async Task<List<StateEntry>> ReadAsync(CheckpointHead acquired, CancellationToken cancel)
    {
        var entries = new List<StateEntry>();
        foreach (var section in StateSections.All)
        {
            await foreach (var chunk in store.ReadAsync(name, section, cancel))
                entries.AddRange(chunk);
        }

        var head = await store.FindAsync(name, cancel);
        if (head is not null && (head.Epoch > acquired.Epoch || (head.Epoch == acquired.Epoch && head.Owner != acquired.Owner)))
            throw new OwnershipLostException(name, acquired.Epoch, head.Epoch);
        if (head?.Epoch != acquired.Epoch || head.Id != acquired.Id)
            throw new CheckpointRolledBackException(name, acquired.Id, head?.Id ?? 0);
        return entries;
    }
}
