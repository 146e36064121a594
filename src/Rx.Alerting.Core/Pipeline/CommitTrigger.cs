using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>Tells when the next commit is due. Every member but <see cref="DueAsync"/> is called while the pipeline is quiescent.</summary>
/// <remarks>
/// A commit is due in each of these cases:
/// <list type="bullet">
/// <item>The interval has passed.</item>
/// <item>Half of a bound on what is not committed is reached.</item>
/// <item>Something was decided that people are told, and the store has rested from the commit before.</item>
/// <item>Somebody has asked for a commit.</item>
/// <item>The source has ended.</item>
/// </list>
/// </remarks>
internal sealed class CommitTrigger(DetectionPipeline pipeline, CheckpointOptions options, TimeProvider clock)
{
    /// <summary>
    /// A commit for a decision rests first: so many times as long as the commit before took. In an outage that changes something in every
    /// batch, commits must not take the whole time of the store.
    /// </summary>
    private const int RestAfterCommit = 3;

    private readonly Uncommitted uncommitted = new(options);
    private TaskCompletionSource due = new();
    private TaskCompletionSource decided = new();
    private long committedEffects = pipeline.Outbox.Latest;
    private bool isAsked;

    /// <summary>Whether anything has changed since the latest snapshot.</summary>
    public bool HasChanges { get; private set; }

    /// <inheritdoc cref="Uncommitted.IsFull"/>
    public bool IsFull => uncommitted.IsFull;

    private bool HasDecided => pipeline.Outbox.Latest > committedEffects;

    /// <summary>A batch has been pushed.</summary>
    public void Count(int views)
    {
        HasChanges = true;
        uncommitted.Add(views, pipeline.ChangedBytes);
        if (uncommitted.IsDue)
            due.TrySetResult();
        if (HasDecided)
            decided.TrySetResult();
    }

    /// <summary>Somebody waits for a commit.</summary>
    public void Ask()
    {
        isAsked = true;
        due.TrySetResult();
    }

    /// <summary>A snapshot takes everything.</summary>
    public void Take()
    {
        HasChanges = isAsked = false;
        committedEffects = pipeline.Outbox.Latest;
        uncommitted.Take();
    }

    /// <summary>The commit of the latest snapshot has ended.</summary>
    public void Commit() => uncommitted.Commit();

    /// <summary>Ends when a commit is due.</summary>
    /// <param name="drive">Its quiescence guards this object.</param>
    /// <param name="latestCommit">How long the latest commit took.</param>
    /// <param name="stop">Ends the wait.</param>
    public async Task DueAsync(PipelineDrive drive, TimeSpan latestCommit, CancellationToken stop)
    {
        var rest = new[] { RestAfterCommit * latestCommit, options.Interval }.Min();
        if (rest > TimeSpan.Zero)
            await WaitAsync(drive, rest, isRest: true, stop);
        if (rest < options.Interval)
            await WaitAsync(drive, options.Interval - rest, isRest: false, stop);
    }

    private async Task WaitAsync(PipelineDrive drive, TimeSpan longest, bool isRest, CancellationToken stop)
    {
        Task next;
        lock (drive.Quiescence)
        {
            if (uncommitted.IsDue || isAsked || drive.Ended.IsCompleted || (HasDecided && !isRest))
                return;
            (due, decided) = (new(), new());
            next = isRest ? Task.WhenAny(due.Task, drive.Ended) : Task.WhenAny(due.Task, decided.Task, drive.Ended);
        }

        await next.WaitAsync(longest, clock, stop)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await Task.Yield(); // Not on the thread that pushes views.
    }
}
