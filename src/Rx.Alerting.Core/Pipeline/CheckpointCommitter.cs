using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>
/// Commits what has changed in a pipeline, one commit after the other, and delivers what is committed. Taking the snapshot needs the
/// pipeline at rest; writing it does not.
/// </summary>
internal sealed class CheckpointCommitter(
    string name,
    CheckpointHead head,
    DetectionPipeline pipeline,
    ICheckpointStore store,
    StoreRetry retry,
    IIncidentSink sink,
    TimeProvider clock,
    IObserver<CheckpointEvent> events)
{
    private readonly SpareMemory memory = new();
    private long id = head.Id;
    private long delivered;
    private Snapshot? pending;

    /// <summary>Whether anything has come of the latest delivery that a further commit would keep.</summary>
    public bool HasAcknowledgements { get; private set; }

    /// <summary>Whether a commit has been begun that has not ended, as far as we know.</summary>
    public bool IsPending => pending is not null;

    /// <summary>Takes a snapshot of what has changed since the one before, in a pipeline at rest. The one before must be committed.</summary>
    public void Take() => Take(replacesAll: false);

    /// <summary>Takes a snapshot of everything in place of the one that the store has refused, as entries of earlier ones are gone.</summary>
    public void TakeAll() => Take(replacesAll: true);

    /// <summary>Commits the snapshot; repeats it until the store has told how it ended.</summary>
    /// <returns>The positions that are committed; null: entries of earlier commits are gone, and only <see cref="TakeAll"/> helps.</returns>
    public async Task<IReadOnlyDictionary<string, string>?> CommitAsync(CancellationToken cancel)
    {
        var (commit, positions, _, pause) = pending!;
        var started = clock.GetTimestamp();
        try
        {
            await retry.RunAsync(
                commit.Id,
                async attempt =>
                {
                    await store.CommitAsync(commit, attempt);
                    return true;
                },
                cancel);
        }
        catch (CheckpointStoreException gone) when (gone.Problem == CheckpointStoreProblem.Incomplete && !commit.ReplacesAll)
        {
            events.OnNext(new(name, CheckpointEventKind.Rewriting, commit.Id, 0, clock.GetElapsedTime(started), gone));
            return null;
        }

        id = commit.Id;
        events.OnNext(new(name, CheckpointEventKind.Committed, id, commit.Changes.Written.Count, clock.GetElapsedTime(started)) { Pause = pause });
        return positions;
    }

    /// <summary>Delivers what the latest commit holds.</summary>
    /// <param name="gate">Held while the pipeline is told, which must be at rest.</param>
    /// <param name="cancel">Gives up; what is not delivered stays in the outbox.</param>
    public async Task DeliverAsync(Lock gate, CancellationToken cancel)
    {
        var due = pending!.Outbox.Where(entry => entry.Sequence > delivered).ToList();
        memory.Release(pending.Commit.Changes.Written);
        pending = null;
        pipeline.ReleaseChanges();
        await DeliverAsync(due, gate, cancel);
    }

    /// <summary>Delivers what an earlier run has committed and perhaps not delivered.</summary>
    public Task DeliverRestoredAsync(Lock gate, CancellationToken cancel) => DeliverAsync(pipeline.Undelivered, gate, cancel);

    private void Take(bool replacesAll)
    {
        var started = clock.GetTimestamp();
        HasAcknowledgements = false;
        var changes = replacesAll ? pipeline.TakeAll() : pipeline.TakeChanges();
        var commit = new CheckpointCommit(name, head.Epoch, head.Owner, id + 1, clock.GetUtcNow(), changes) { ReplacesAll = replacesAll };
        pending = new Snapshot(commit, new Dictionary<string, string>(pipeline.Positions), pipeline.Undelivered, clock.GetElapsedTime(started));
    }

    private async Task DeliverAsync(IReadOnlyList<OutboxEntry> due, Lock gate, CancellationToken cancel)
    {
        if (due.Count == 0)
            return;
        await sink.DeliverAsync(name, due, cancel);
        delivered = due[^1].Sequence;
        lock (gate)
        {
            foreach (var entry in due)
                pipeline.Delivered(entry);
            HasAcknowledgements = true;
        }
    }

    private sealed record Snapshot(CheckpointCommit Commit, IReadOnlyDictionary<string, string> Positions, IReadOnlyList<OutboxEntry> Outbox, TimeSpan Pause);
}
