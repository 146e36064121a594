using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>Pushes a source through a pipeline and has it committed at intervals: one reading, from restore to end.</summary>
internal sealed class CheckpointedDrive(
    DetectionPipeline pipeline, CheckpointCommitter committer, CheckpointOptions options, TimeProvider clock, Action rested, Action settled)
    : IObserver<ViewBatch>, IPartitionGate
{
    private readonly Lock gate = new();
    private readonly TaskCompletionSource ended = new();

    /// <summary>Cancelled when source or pipeline has failed: whether the store answers or not, that is told soon.</summary>
    private readonly CancellationTokenSource failed = new();

    /// <summary>Done when the next commit is not to wait for the interval.</summary>
    private TaskCompletionSource due = new();
    private readonly Uncommitted uncommitted = new(options);
    private bool stopped;
    private bool broken;
    private bool changed;

    /// <inheritdoc cref="CheckpointedPipeline.RunAsync"/>
    public async Task RunAsync(IViewSource source, CancellationToken stop)
    {
        await committer.DeliverRestoredAsync(gate, stop);
        try
        {
            using (source.Read(new Dictionary<string, string>(pipeline.Positions), this).Subscribe(this))
                await CommitUntilEndAsync(source, stop);
        }
        finally
        {
            lock (gate)
                stopped = true;
        }

        if (!broken)
            await CommitLastAsync(source, stop);
        if (ended.Task.IsCompleted)
            await ended.Task;
    }

    /// <summary>Closed while too much is not committed, or the partition is far ahead of the others.</summary>
    bool IPartitionGate.IsOpen(string partition)
    {
        lock (gate)
            return !uncommitted.IsTooMuch && pipeline.Alignment.IsOpen(partition);
    }

    void IObserver<ViewBatch>.OnNext(ViewBatch value)
    {
        var views = value.ViewCount;
        Rest(() =>
        {
            pipeline.OnNext(value);
            changed = true;
            uncommitted.Add(views, pipeline.ChangedBytes);
            rested();
        });
        if (uncommitted.IsMuch)
            Hasten();
    }

    void IObserver<ViewBatch>.OnCompleted()
    {
        if (Rest(() =>
        {
            pipeline.OnCompleted();
            stopped = changed = true;
        }))
        {
            ended.TrySetResult();
            Hasten();
        }
    }

    void IObserver<ViewBatch>.OnError(Exception error) => Fail(error);

    private void Fail(Exception failure)
    {
        lock (gate)
            stopped = true;
        ended.TrySetException(failure);
        failed.Cancel();
        Hasten();
    }

    private void Hasten()
    {
        TaskCompletionSource now;
        lock (gate)
            now = due;
        now.TrySetResult();
    }

    /// <summary>Ends behind the interval, or as soon as a commit is due or can be the last one.</summary>
    private async Task DueAsync(CancellationToken stop)
    {
        Task next;
        lock (gate)
        {
            if (uncommitted.IsMuch || ended.Task.IsCompleted)
                return;
            due = new();
            next = due.Task;
        }

        await next.WaitAsync(options.Interval, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await Task.Yield(); // Not on the thread that pushes views.
    }

    /// <summary>Does something with the pipeline, unless it is over; a pipeline that fails is in a state that must not be committed.</summary>
    private bool Rest(Action work)
    {
        try
        {
            lock (gate)
            {
                if (stopped)
                    return false;

                broken = true;
                work();
                broken = false;
                return true;
            }
        }
        catch (Exception failure)
        {
            Fail(failure);
            return false;
        }
    }

    private async Task CommitUntilEndAsync(IViewSource source, CancellationToken stop)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stop, failed.Token);
        while (true)
        {
            await DueAsync(stop);
            if (ended.Task.IsCompleted || stop.IsCancellationRequested)
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

    /// <summary>
    /// The end, or the stop: commits what is left, and what of it was delivered. Nobody comes to read the end of a stream again, so after
    /// that the store is waited for until somebody asks to stop.
    /// </summary>
    private async Task CommitLastAsync(IViewSource source, CancellationToken stop)
    {
        using var timeout = new CancellationTokenSource(ended.Task.IsCompletedSuccessfully ? Timeout.InfiniteTimeSpan : options.StopTimeout, clock);
        using var stopping = stop.Register(() => timeout.CancelAfter(options.StopTimeout));
        try
        {
            do
                await CommitAsync(source, timeout.Token);
            while (committer.HasAcknowledgements || changed);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            // What is not committed is read again by whoever runs the pipeline next.
        }
    }

    private async Task CommitAsync(IViewSource source, CancellationToken cancel)
    {
        lock (gate)
        {
            if (broken || (!changed && !committer.HasAcknowledgements && !committer.IsPending))
                return;
            // A commit that has not ended is repeated as it was; what has changed since waits for the next one.
            if (!committer.IsPending)
                Take(committer.Take);
        }

        IReadOnlyDictionary<string, string>? positions;
        while ((positions = await committer.CommitAsync(cancel)) is null)
        {
            lock (gate)
            {
                if (broken)
                    return; // Such a state must not replace anything.
                Take(committer.TakeAll);
            }
        }

        lock (gate)
            uncommitted.Commit();
        source.Committed(positions);
        await committer.DeliverAsync(gate, cancel);
    }

    /// <summary>Has a snapshot taken of the pipeline at rest.</summary>
    private void Take(Action snapshot)
    {
        changed = false;
        uncommitted.Take();
        snapshot();
        settled();
    }
}
