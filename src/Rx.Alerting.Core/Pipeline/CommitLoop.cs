using System.Diagnostics;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>Commits a pipeline while a source is pushed through it: one reading, from restore to end.</summary>
internal sealed class CommitLoop
{
    private readonly DetectionPipeline pipeline;
    private readonly CheckpointCommitter committer;
    private readonly Couriers couriers;
    private readonly CommandQueue commands;
    private readonly ReadQueue reads;
    private readonly CheckpointOptions options;
    private readonly TimeProvider clock;
    private readonly CommitTrigger trigger;
    private readonly PipelineDrive drive;

    /// <param name="pipeline">The pipeline, restored.</param>
    /// <param name="committer">Writes its commits.</param>
    /// <param name="couriers">Deliver what is committed.</param>
    /// <param name="commands">The commands of people.</param>
    /// <param name="reads">The questions of people.</param>
    /// <param name="options">When to commit, and how much may wait for a commit.</param>
    /// <param name="clock">Measures the intervals.</param>
    public CommitLoop(
        DetectionPipeline pipeline,
        CheckpointCommitter committer,
        Couriers couriers,
        CommandQueue commands,
        ReadQueue reads,
        CheckpointOptions options,
        TimeProvider clock)
    {
        (this.pipeline, this.committer, this.couriers, this.commands) = (pipeline, committer, couriers, commands);
        (this.reads, this.options, this.clock) = (reads, options, clock);
        trigger = new CommitTrigger(pipeline, options, clock);
        drive = new PipelineDrive(pipeline, Count, () => !trigger.IsFull);
    }

    /// <inheritdoc cref="PipelineDrive.Step"/>
    public long Step => drive.Step;

    /// <summary>Called after each batch, and before a commit is repeated, while the pipeline is quiescent.</summary>
    public required Action Advanced { get; init; }

    /// <summary>Called before each commit, while the pipeline is quiescent.</summary>
    public required Action Settled { get; init; }

    /// <inheritdoc cref="CheckpointedPipeline.RunAsync"/>
    public async Task RunAsync(IViewSource source, CancellationToken stop)
    {
        couriers.Start();
        try
        {
            commands.Begin(pipeline, ExecuteWaiting);
            reads.Begin(() => drive.TryRead(() => reads.Step(pipeline)));
            ExecuteWaiting();
            await ReadAsync(source, stop);
            if (!drive.IsBroken)
                await CommitLastAsync(source, stop);
        }
        finally
        {
            commands.End();
            reads.End();
            await couriers.StopAsync();
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

    private void ExecuteWaiting()
    {
        if (commands.HasWaiting || commands.IsCommitAsked)
            drive.Between(Execute);

        void Execute()
        {
            if (!pipeline.HasCompleted)
                commands.Execute(pipeline);
        }
    }

    /// <summary>A batch has been pushed, or commands were executed.</summary>
    private void Count(int views)
    {
        // A batch without views moves event time, too: a partition is idle, or has ended.
        if (commands.HasWaiting && !pipeline.HasCompleted)
            commands.Execute(pipeline);
        trigger.Count(views);
        if (commands.IsCommitAsked)
            trigger.Ask();
        if (reads.HasWaiting)
            reads.Step(pipeline);
        Advanced();
    }

    private async Task CommitUntilEndAsync(IViewSource source, CancellationToken stop)
    {
        // After a failure nobody waits for a store that does not answer: the failure is told soon.
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stop, drive.Failed);
        while (true)
        {
            await trigger.DueAsync(drive, committer.Duration, stop);
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
                if (!trigger.HasChanges && !couriers.HaveMoved)
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
            if (drive.IsBroken || (!trigger.HasChanges && !couriers.HaveMoved && !committer.IsPending))
                return;
            // A commit whose end is not known is repeated as it was. What has changed since waits for the next commit.
            if (!committer.IsPending)
                Take(committer.Take);
        }

        IReadOnlyDictionary<string, string>? positions;
        while ((positions = await committer.CommitAsync(ShowProgress, cancel)) is null)
        {
            lock (drive.Quiescence)
            {
                if (drive.IsBroken)
                    return; // Such a state must not replace anything.
                Take(committer.TakeAll);
            }
        }

        lock (drive.Quiescence)
            trigger.Commit();
        commands.Confirm(committer.Latest);
        source.Committed(positions);
        committer.Post();
    }

    /// <summary>While a commit is repeated, perhaps for long, there is no other that shows what came after the snapshot.</summary>
    private void ShowProgress()
    {
        lock (drive.Quiescence)
        {
            if (!drive.IsBroken)
                drive.Work(Advanced);
        }
    }

    /// <summary>Whether there is something to commit, or a channel to wait for.</summary>
    private bool Remains(CancellationToken stop)
    {
        var isHurried = stop.IsCancellationRequested || !drive.Ended.IsCompletedSuccessfully;
        return trigger.HasChanges || couriers.HaveMoved || (isHurried ? couriers.AreBusy : !couriers.AreIdle);
    }

    private void Take(Action snapshot)
    {
        Debug.Assert(drive.Quiescence.IsHeldByCurrentThread, "A snapshot needs a quiescent pipeline.");
        drive.Work(() =>
        {
            trigger.Take();
            commands.Take();
            snapshot();
            Settled();
        });
    }
}
