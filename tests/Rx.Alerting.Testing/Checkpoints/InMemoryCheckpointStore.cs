using System.Runtime.CompilerServices;
using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Testing.Checkpoints;

/// <summary>
/// A checkpoint store without a file: every call has ended when it returns, and values are copied in both directions. It keeps every
/// commit, so a test can let it go back as a store does that has lost what it had confirmed.
/// </summary>
public sealed class InMemoryCheckpointStore : ICheckpointStore
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, Kept> pipelines = new(StringComparer.Ordinal);

    /// <summary>Entries of one chunk of <see cref="ReadAsync"/>.</summary>
    public int ChunkEntries { get; init; } = 1024;

    /// <summary>What is kept of a pipeline just now; nothing of one that is not known.</summary>
    public IReadOnlyDictionary<StateKey, byte[]> Entries(string pipeline)
    {
        lock (gate)
            return pipelines.GetValueOrDefault(pipeline)?.Entries ?? [];
    }

    public Task<CheckpointHead> AcquireAsync(string pipeline, string owner, CancellationToken cancel) => Run(cancel, () =>
    {
        var kept = pipelines.TryGetValue(pipeline, out var known) ? known : pipelines[pipeline] = new();
        return kept.Head.Owner == owner ? kept.Head : kept.Head = kept.Head with { Epoch = kept.Head.Epoch + 1, Owner = owner };
    });

    public Task<CheckpointHead?> FindAsync(string pipeline, CancellationToken cancel) =>
        Run(cancel, () => pipelines.GetValueOrDefault(pipeline)?.Head);

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancel) =>
        Run(cancel, IReadOnlyList<string> () => [.. pipelines.Keys]);

    public async IAsyncEnumerable<IReadOnlyList<StateEntry>> ReadAsync(string pipeline, string section, [EnumeratorCancellation] CancellationToken cancel)
    {
        var entries = await Run(cancel, () => pipelines.GetValueOrDefault(pipeline)?.Entries.Where(entry => entry.Key.Section == section).ToArray() ?? []);
        foreach (var chunk in entries.Chunk(ChunkEntries))
        {
            cancel.ThrowIfCancellationRequested();
            yield return [.. chunk.Select(entry => new StateEntry(entry.Key, entry.Value.ToArray()))];
        }
    }

    public Task<CheckpointSnapshot?> SnapshotAsync(string pipeline, CancellationToken cancel) => Run(cancel, CheckpointSnapshot? () =>
    {
        if (!pipelines.TryGetValue(pipeline, out var kept))
            return null;
        var entries = StateSections.All.SelectMany(section => kept.Entries.Where(entry => entry.Key.Section == section)).Select(entry => new StateEntry(entry.Key, entry.Value.ToArray()));
        return new(kept.Head, entries.ToArray().Chunk(ChunkEntries).ToAsyncEnumerable());
    });

    public Task CommitAsync(CheckpointCommit commit, CancellationToken cancel) => Run(cancel, () =>
    {
        var kept = pipelines.GetValueOrDefault(commit.Pipeline) ?? new();
        var head = kept.Head;
        if (head.Epoch > commit.Epoch || (head.Epoch == commit.Epoch && head.Owner != commit.Owner))
            throw new OwnershipLostException(commit.Pipeline, commit.Epoch, head.Epoch);
        if (head.Epoch == commit.Epoch && head.Id == commit.Id)
            return head;
        if (head.Epoch < commit.Epoch || head.Id != commit.Id - 1)
            throw new CheckpointRolledBackException(commit.Pipeline, commit.Id - 1, head.Id);

        kept.Before.Push((head, new(kept.Entries)));
        if (commit.ReplacesAll)
            kept.Entries.Clear();
        foreach (var key in commit.Changes.Removed)
            kept.Entries.Remove(key);
        foreach (var entry in commit.Changes.Written)
            kept.Entries[entry.Key] = entry.Value.ToArray();
        return kept.Head = head with { Id = commit.Id, CommittedAt = commit.CommittedAt };
    });

    public Task ResetAsync(string pipeline, CancellationToken cancel) => Run(cancel, () =>
    {
        if (!pipelines.TryGetValue(pipeline, out var kept))
            return false;
        kept.Head = new(kept.Head.Epoch + 1, string.Empty, 0, null);
        kept.Entries.Clear();
        kept.Before.Clear();
        return true;
    });

    /// <summary>
    /// Forgets the latest <paramref name="commits"/> of <paramref name="pipeline"/>: entries and head, with epoch and owner, are as they were
    /// right before the first of them. There must be as many since the latest reset.
    /// </summary>
    public void RollBack(string pipeline, int commits)
    {
        lock (gate)
        {
            var kept = pipelines[pipeline];
            for (var commit = 0; commit < commits; commit++)
                (kept.Head, kept.Entries) = kept.Before.Pop();
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<T> Run<T>(CancellationToken cancel, Func<T> work)
    {
        if (cancel.IsCancellationRequested)
            return Task.FromCanceled<T>(cancel);
        try
        {
            lock (gate)
                return Task.FromResult(work());
        }
        catch (Exception problem) when (problem is OwnershipLostException or CheckpointRolledBackException)
        {
            return Task.FromException<T>(problem);
        }
    }

    private sealed class Kept
    {
        public CheckpointHead Head { get; set; } = new(0, string.Empty, 0, null);

        public Dictionary<StateKey, byte[]> Entries { get; set; } = [];

        public Stack<(CheckpointHead Head, Dictionary<StateKey, byte[]> Entries)> Before { get; } = new();
    }
}
