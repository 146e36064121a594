using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>
/// Commits the changes of a pipeline, one commit after the other, and posts the committed outbox to the couriers. The pipeline must be
/// quiescent while a snapshot is taken, not while it is written.
/// </summary>
internal sealed class CheckpointCommitter(
    string name,
    CheckpointHead head,
    DetectionPipeline pipeline,
    ICheckpointStore store,
    StoreRetry retry,
    Couriers couriers,
    CutRecordings cuts,
    UncommittedChanges changes,
    TimeProvider clock,
    IObserver<CheckpointEvent> events)
{
    private readonly SpareMemory memory = new();
    private long id = head.Id;
    private Snapshot? pending;

    /// <summary>The number of the latest commit.</summary>
    public long Latest => id;

    /// <summary>How long the latest commit took, its repetitions included.</summary>
    public TimeSpan Duration { get; private set; }

    /// <summary>Whether a commit has begun whose end is not known.</summary>
    public bool IsPending => pending is not null;

    /// <summary>Takes a snapshot of the changes since the snapshot before, which must be committed. The pipeline is quiescent.</summary>
    public void Take() => Take(replacesAll: false);

    /// <summary>
    /// Takes a snapshot of the whole state, after the store has refused the changes because entries of earlier commits are gone.
    /// </summary>
    public void TakeAll() => Take(replacesAll: true);

    /// <summary>Commits the snapshot; repeats it until the store has told how it ended.</summary>
    /// <param name="repeated">Called before each repetition.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The committed positions. Null: entries of earlier commits are gone; <see cref="TakeAll"/>, and commit again.</returns>
    public async Task<IReadOnlyDictionary<string, string>?> CommitAsync(Action repeated, CancellationToken cancel)
    {
        var (commit, positions, _, latestEffect, pause, told) = pending!;
        var started = clock.GetTimestamp();
        var isRepetition = false;
        try
        {
            await retry.RunAsync(
                commit.Id,
                async attempt =>
                {
                    if (isRepetition)
                        repeated();
                    isRepetition = true;
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
        Duration = clock.GetElapsedTime(started);
        cuts.Confirm(commit);
        events.OnNext(new(name, CheckpointEventKind.Committed, id, commit.Changes.Written.Count, Duration)
        {
            Pause = pause,
            Bytes = commit.Changes.Written.Sum(entry => (long)entry.Value.Length),
            CommittedAt = commit.CommittedAt,
            LatestEffect = latestEffect,
            Changes = [.. told.Select(one => Committed(one.Change, one.ArrivedAt))],
        });
        return positions;
    }

    /// <summary>Posts the outbox of the latest commit, and reuses the memory of its changes.</summary>
    public void Post()
    {
        couriers.Post(pending!.Outbox);
        memory.Release(pending.Commit.Changes.Written);
        pending = null;
        pipeline.ReleaseChanges();
    }

    private void Take(bool replacesAll)
    {
        var started = clock.GetTimestamp();
        couriers.Save();
        var state = replacesAll ? pipeline.TakeAll() : pipeline.TakeChanges();
        var commit = new CheckpointCommit(name, head.Epoch, head.Owner, id + 1, clock.GetUtcNow(), state) { ReplacesAll = replacesAll };
        var positions = new Dictionary<string, string>(pipeline.Positions);
        cuts.Take(commit.Id);
        // A snapshot of everything takes the place of one that was refused, with its changes.
        IReadOnlyList<(IncidentChange, long?)> told = [.. pending?.Told ?? [], .. changes.Take()];
        var outbox = pipeline.Outbox;
        pending = new Snapshot(commit, positions, outbox.Log, outbox.Latest, clock.GetElapsedTime(started), told);
    }

    private CommittedChange Committed(IncidentChange change, long? arrivedAt) =>
        new(change.Incident.Id, change.Transition, change.Incident.Level, arrivedAt is { } at ? clock.GetElapsedTime(at) : null);

    private sealed record Snapshot(
        CheckpointCommit Commit,
        IReadOnlyDictionary<string, string> Positions,
        IReadOnlyList<Effect> Outbox,
        long LatestEffect,
        TimeSpan Pause,
        IReadOnlyList<(IncidentChange Change, long? ArrivedAt)> Told);
}
