using System.Diagnostics;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>Commits a pipeline at intervals while a source is pushed through it: one reading, from restore to end.</summary>
internal sealed class CommitLoop
{
    private readonly DetectionPipeline pipeline;
    private readonly CheckpointCommitter committer;
    private readonly CheckpointOptions options;
    private readonly TimeProvider clock;
    private readonly Uncommitted uncommitted;
    private readonly PipelineDrive drive;

    /// <summary>
    /// Done when the next commit does not wait for the interval. Like <see cref="changed"/>, guarded by the drive's quiescence.
    /// </summary>
    private TaskCompletionSource due = new();
    private bool changed;

    /// <param name="pipeline">The pipeline, restored.</param>
    /// <param name="committer">Writes its commits.</param>
    /// <param name="options">When to commit, and how much may wait for a commit.</param>
    /// <param name="clock">Measures the intervals.</param>
    public CommitLoop(DetectionPipeline pipeline, CheckpointCommitter committer, CheckpointOptions options, TimeProvider clock)
    {
        (this.pipeline, this.committer, this.options, this.clock) = (pipeline, committer, options, clock);
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
        await committer.DeliverRestoredAsync(drive.Quiescence, stop);
        try
        {
            using (drive.Start(source))
                await CommitUntilEndAsync(source, stop);
        }
        finally
        {
            drive.Stop();
        }

        if (!drive.IsBroken)
            await CommitLastAsync(source, stop);
        if (drive.Ended.IsCompleted)
            await drive.Ended;
    }

    /// <summary>A batch has been pushed.</summary>
    private void Count(int views)
    {
        changed = true;
        uncommitted.Add(views, pipeline.ChangedBytes);
        Advanced();
        if (uncommitted.IsDue)
            due.TrySetResult();
    }

    /// <summary>Ends after the interval, or as soon as a commit is due, or when the commit can be the last one.</summary>
    private async Task DueAsync(CancellationToken stop)
    {
        Task next;
        lock (drive.Quiescence)
        {
            if (uncommitted.IsDue || drive.Ended.IsCompleted)
                return;
            due = new();
            next = Task.WhenAny(due.Task, drive.Ended);
        }

        await next.WaitAsync(options.Interval, clock, stop)
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

    /// <summary>Commits what is left at the end or at the stop, and the acknowledgements of what that commit delivered.</summary>
    /// <remarks>Nobody reads the end of a stream again. So after the end the store is waited for until somebody asks to stop.</remarks>
    private async Task CommitLastAsync(IViewSource source, CancellationToken stop)
    {
        var patience = drive.Ended.IsCompletedSuccessfully ? Timeout.InfiniteTimeSpan : options.StopTimeout;
        using var timeout = new CancellationTokenSource(patience, clock);
        using var stopping = stop.Register(() => timeout.CancelAfter(options.StopTimeout));
        try
        {
            do
                await CommitAsync(source, timeout.Token);
            while (committer.HasAcknowledgements || changed);
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
            if (drive.IsBroken || (!changed && !committer.HasAcknowledgements && !committer.IsPending))
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
        await committer.DeliverAsync(drive.Quiescence, cancel);
    }

    private void Take(Action snapshot)
    {
        Debug.Assert(drive.Quiescence.IsHeldByCurrentThread, "A snapshot needs a quiescent pipeline.");
        changed = false;
        uncommitted.Take();
        snapshot();
        Settled();
    }
}
