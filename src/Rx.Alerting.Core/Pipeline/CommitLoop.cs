using System.Diagnostics;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>
/// Commits a pipeline while a source is pushed through it: one reading, from restore to end. A commit is made at intervals, and as soon as
/// something was decided that people are told.
/// </summary>
internal sealed class CommitLoop
{
    /// <summary>
    /// A commit that is made for a decision rests first: so many times as long as the commit before took. In an outage that changes
    /// something in every batch, commits must not take the whole time of the store.
    /// </summary>
    private const int RestAfterCommit = 3;

    private readonly DetectionPipeline pipeline;
    private readonly CheckpointCommitter committer;
    private readonly Couriers couriers;
    private readonly CheckpointOptions options;
    private readonly TimeProvider clock;
    private readonly Uncommitted uncommitted;
    private readonly PipelineDrive drive;

    /// <summary>
    /// Done when the next commit does not wait: neither for the interval, nor for its rest. Guarded by the drive's quiescence, like the
    /// other fields here.
    /// </summary>
    private TaskCompletionSource due = new();

    /// <summary>Done when the next commit does not wait for the interval, because something was decided.</summary>
    private TaskCompletionSource decided = new();
    private long committedEffects;
    private bool changed;

    /// <param name="pipeline">The pipeline, restored.</param>
    /// <param name="committer">Writes its commits.</param>
    /// <param name="couriers">Deliver what is committed.</param>
    /// <param name="options">When to commit, and how much may wait for a commit.</param>
    /// <param name="clock">Measures the intervals.</param>
    public CommitLoop(
        DetectionPipeline pipeline, CheckpointCommitter committer, Couriers couriers, CheckpointOptions options, TimeProvider clock)
    {
        (this.pipeline, this.committer, this.couriers, this.options, this.clock) = (pipeline, committer, couriers, options, clock);
        committedEffects = pipeline.Outbox.Latest;
        uncommitted = new Uncommitted(options);
        drive = new PipelineDrive(pipeline, Count, () => !uncommitted.IsFull);
    }

    /// <summary>Called after each batch, while the pipeline is quiescent.</summary>
    public required Action Advanced { get; init; }

    /// <summary>Called before each commit, while the pipeline is quiescent.</summary>
    public required Action Settled { get; init; }

    /// <inheritdoc cref="CheckpointedPipeline.RunAsync"/>
    public async Task RunAsync(IViewSource source, CancellationToken stop)
    {
        couriers.Start();
        try
        {
            await ReadAsync(source, stop);
            if (!drive.IsBroken)
                await CommitLastAsync(source, stop);
        }
        finally
        {
            await couriers.StopAsync(options.StopTimeout, clock);
        }

        if (drive.Ended.IsCompleted)
            await drive.Ended;
    }

    private async Task ReadAsync(IViewSource source, CancellationToken stop)
    {
        try
        {
            using (drive.Start(source))
                await CommitUntilEndAsync(source, stop);
        }
        finally
        {
            drive.Stop();
        }
    }

    /// <summary>A batch has been pushed.</summary>
    private void Count(int views)
    {
        changed = true;
        uncommitted.Add(views, pipeline.ChangedBytes);
        Advanced();
        if (uncommitted.IsDue)
            due.TrySetResult();
        if (HasDecided)
            decided.TrySetResult();
    }

    /// <summary>Whether something was decided that is not part of a commit.</summary>
    private bool HasDecided => pipeline.Outbox.Latest > committedEffects;

    /// <summary>Ends after the interval, or as soon as a commit is due, or when the commit can be the last one.</summary>
    private async Task DueAsync(CancellationToken stop)
    {
        var rest = new[] { RestAfterCommit * committer.Duration, options.Interval }.Min();
        if (rest > TimeSpan.Zero)
            await WaitAsync(rest, isRest: true, stop);
        if (rest < options.Interval)
            await WaitAsync(options.Interval - rest, isRest: false, stop);
    }

    private async Task WaitAsync(TimeSpan longest, bool isRest, CancellationToken stop)
    {
        Task next;
        lock (drive.Quiescence)
        {
            if (uncommitted.IsDue || drive.Ended.IsCompleted || (HasDecided && !isRest))
                return;
            due = new();
            decided = new();
            next = isRest ? Task.WhenAny(due.Task, drive.Ended) : Task.WhenAny(due.Task, decided.Task, drive.Ended);
        }

        await next.WaitAsync(longest, clock, stop)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await Task.Yield(); // Not on the thread that pushes views.
    }

    private async Task CommitUntilEndAsync(IViewSource source, CancellationToken stop)
    {
        // After a failure nobody waits for a store that does not answer: the failure is told soon.
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stop, drive.Failed);
        while (true)
        {
            await DueAsync(stop);
            if (drive.Ended.IsCompleted || stop.IsCancellationRequested)
                return;

            try
            {
                await CommitAsync(source, waiting.Token);
            }
            catch (OperationCanceledException) when (waiting.IsCancellationRequested)
            {
                return; // The last commit takes it up again.
            }
        }
    }

    /// <summary>Commits what is left at the end or at the stop, and the cursors of the channels.</summary>
    /// <remarks>
    /// Nobody reads the end of a stream again. So after the end, store and channels are waited for until somebody asks to stop. After that,
    /// channels are waited for as long as they take what they are given.
    /// </remarks>
    private async Task CommitLastAsync(IViewSource source, CancellationToken stop)
    {
        var patience = drive.Ended.IsCompletedSuccessfully ? Timeout.InfiniteTimeSpan : options.StopTimeout;
        using var timeout = new CancellationTokenSource(patience, clock);
        var stopped = new TaskCompletionSource();
        using var stopping = stop.Register(() =>
        {
            timeout.CancelAfter(options.StopTimeout);
            stopped.TrySetResult();
        });
        try
        {
            await CommitAsync(source, timeout.Token);
            for (var moved = couriers.Moved; Remains(stop); moved = couriers.Moved)
            {
                if (!changed && !couriers.HaveMoved)
                    await (stop.IsCancellationRequested ? moved : Task.WhenAny(moved, stopped.Task)).WaitAsync(timeout.Token);
                await Task.Yield(); // Not on the thread of a courier.
                await CommitAsync(source, timeout.Token);
            }
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            // Whoever runs the pipeline next reads again what is not committed.
        }
    }

    private async Task CommitAsync(IViewSource source, CancellationToken cancel)
    {
        lock (drive.Quiescence)
        {
            if (drive.IsBroken || (!changed && !couriers.HaveMoved && !committer.IsPending))
                return;
            // A commit whose end is not known is repeated as it was. What has changed since waits for the next commit.
            if (!committer.IsPending)
                Take(committer.Take);
        }

        IReadOnlyDictionary<string, string>? positions;
        while ((positions = await committer.CommitAsync(cancel)) is null)
        {
            lock (drive.Quiescence)
            {
                if (drive.IsBroken)
                    return; // Such a state must not replace anything.
                Take(committer.TakeAll);
            }
        }

        lock (drive.Quiescence)
            uncommitted.Commit();
        source.Committed(positions);
        committer.Post();
    }

    /// <summary>Whether there is something to commit, or a channel to wait for.</summary>
    private bool Remains(CancellationToken stop) =>
        changed || couriers.HaveMoved || (stop.IsCancellationRequested ? couriers.AreBusy : !couriers.AreIdle);

    private void Take(Action snapshot)
    {
        Debug.Assert(drive.Quiescence.IsHeldByCurrentThread, "A snapshot needs a quiescent pipeline.");
        changed = false;
        committedEffects = pipeline.Outbox.Latest;
        uncommitted.Take();
        snapshot();
        Settled();
    }
}
