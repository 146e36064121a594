using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>
/// Commits the changes of a pipeline, one commit after the other, and delivers what is committed. The pipeline must be quiescent while a
/// snapshot is taken, not while it is written.
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

    /// <summary>Whether the latest delivery has removed entries of the outbox, which a further commit would keep.</summary>
    public bool HasAcknowledgements { get; private set; }

    /// <summary>Whether a commit has begun whose end is not known.</summary>
    public bool IsPending => pending is not null;

    /// <summary>Takes a snapshot of the changes since the snapshot before, which must be committed. The pipeline is quiescent.</summary>
    public void Take() => Take(replacesAll: false);

    /// <summary>
    /// Takes a snapshot of the whole state, after the store has refused the changes because entries of earlier commits are gone.
    /// </summary>
    public void TakeAll() => Take(replacesAll: true);

    /// <summary>Commits the snapshot; repeats it until the store has told how it ended.</summary>
    /// <returns>The committed positions. Null: entries of earlier commits are gone; <see cref="TakeAll"/>, and commit again.</returns>
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
        var duration = clock.GetElapsedTime(started);
        events.OnNext(new(name, CheckpointEventKind.Committed, id, commit.Changes.Written.Count, duration) { Pause = pause });
        return positions;
    }

    /// <summary>Delivers the outbox of the latest commit.</summary>
    /// <param name="quiescence">Held while delivered entries are removed from the pipeline's outbox.</param>
    /// <param name="cancel">Gives up; what is not delivered stays in the outbox.</param>
    public async Task DeliverAsync(Lock quiescence, CancellationToken cancel)
    {
        var due = pending!.Outbox.Where(entry => entry.Sequence > delivered).ToList();
        memory.Release(pending.Commit.Changes.Written);
        pending = null;
        pipeline.ReleaseChanges();
        await DeliverAsync(due, quiescence, cancel);
    }

    /// <summary>Delivers what an earlier run has committed and perhaps not delivered.</summary>
    public Task DeliverRestoredAsync(Lock quiescence, CancellationToken cancel) => DeliverAsync(pipeline.Undelivered, quiescence, cancel);

    private void Take(bool replacesAll)
    {
        var started = clock.GetTimestamp();
        HasAcknowledgements = false;
        var changes = replacesAll ? pipeline.TakeAll() : pipeline.TakeChanges();
        var commit = new CheckpointCommit(name, head.Epoch, head.Owner, id + 1, clock.GetUtcNow(), changes) { ReplacesAll = replacesAll };
        var positions = new Dictionary<string, string>(pipeline.Positions);
        pending = new Snapshot(commit, positions, pipeline.Undelivered, clock.GetElapsedTime(started));
    }

    private async Task DeliverAsync(IReadOnlyList<OutboxEntry> due, Lock quiescence, CancellationToken cancel)
    {
        if (due.Count == 0)
            return;
        await sink.DeliverAsync(name, due, cancel);
        delivered = due[^1].Sequence;
        lock (quiescence)
        {
            foreach (var entry in due)
                pipeline.Delivered(entry);
            HasAcknowledgements = true;
        }
    }

    private sealed record Snapshot(
        CheckpointCommit Commit, IReadOnlyDictionary<string, string> Positions, IReadOnlyList<OutboxEntry> Outbox, TimeSpan Pause);
}
