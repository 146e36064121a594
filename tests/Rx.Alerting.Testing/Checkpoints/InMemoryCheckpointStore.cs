using System.Runtime.CompilerServices;
using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Testing.Checkpoints;

/// <summary>
/// A checkpoint store in memory. Every call is synchronous, and values are copied in both directions. The store keeps every
/// commit. So a test can make it lose confirmed commits, write half a commit, or lose entries.
/// </summary>
public sealed class InMemoryCheckpointStore : ICheckpointStore
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, Kept> pipelines = new(StringComparer.Ordinal);

    /// <summary>Entries of one chunk of <see cref="ReadAsync"/>.</summary>
    public int ChunkEntries { get; init; } = 1024;

    /// <summary>The entries that are kept of a pipeline now. None if the pipeline is not known.</summary>
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

    public async IAsyncEnumerable<IReadOnlyList<StateEntry>> ReadAsync(
        string pipeline,
        string section,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        var entries = await Run(cancel, () => Readable(pipeline)?.Entries.Where(entry => entry.Key.Section == section).ToArray() ?? []);
        foreach (var chunk in entries.Chunk(ChunkEntries))
        {
            cancel.ThrowIfCancellationRequested();
            yield return [.. chunk.Select(entry => new StateEntry(entry.Key, entry.Value.ToArray()))];
        }
    }

    public Task<CheckpointSnapshot?> SnapshotAsync(string pipeline, CancellationToken cancel) => Run(cancel, CheckpointSnapshot? () =>
    {
        if (Readable(pipeline) is not { } kept)
            return null;
        var entries = StateSections.All
            .SelectMany(section => kept.Entries.Where(entry => entry.Key.Section == section))
            .Select(entry => new StateEntry(entry.Key, entry.Value.ToArray()));
        return new(kept.Head, entries.ToArray().Chunk(ChunkEntries).ToAsyncEnumerable());
    });

    public Task CommitAsync(CheckpointCommit commit, CancellationToken cancel) => Run(cancel, () =>
    {
        var kept = pipelines.GetValueOrDefault(commit.Pipeline) ?? new();
        var head = kept.Head;
        if (head.HasAlready(commit))
            return head;
        if (kept.Whole is not null && !commit.ReplacesAll)
            throw Incomplete(commit.Pipeline);
        kept.Before.Push((head, new(kept.Whole ?? kept.Entries)));
        kept.Whole = null;
        if (commit.ReplacesAll)
            kept.Entries.Clear();
        Apply(kept, commit.Changes, int.MaxValue);
        return kept.Head = head with { Id = commit.Id, CommittedAt = commit.CommittedAt };
    });

    public Task ResetAsync(string pipeline, CancellationToken cancel) => Run(cancel, () =>
    {
        if (!pipelines.TryGetValue(pipeline, out var kept))
            return false;
        kept.Head = new(kept.Head.Epoch + 1, string.Empty, 0, null);
        kept.Entries.Clear();
        kept.Before.Clear();
        kept.Whole = null;
        return true;
    });

    /// <summary>Whether entries are gone, or only half a commit was written.</summary>
    public bool IsDamaged(string pipeline)
    {
        lock (gate)
            return pipelines.GetValueOrDefault(pipeline)?.Whole is not null;
    }

    /// <summary>
    /// Writes only the first <paramref name="parts"/> changes of a commit, and not its head. Does nothing if the commit would be refused.
    /// </summary>
    public void Tear(CheckpointCommit commit, int parts)
    {
        lock (gate)
        {
            if (pipelines.GetValueOrDefault(commit.Pipeline) is not { } kept
                || (kept.Head.Epoch, kept.Head.Owner, kept.Head.Id) != (commit.Epoch, commit.Owner, commit.Id - 1))
                return;
            kept.Whole ??= new(kept.Entries);
            Apply(kept, commit.Changes, parts);
        }
    }

    /// <summary>Removes entries, like a server that evicts them.</summary>
    public void Vanish(string pipeline, Func<StateKey, bool> which)
    {
        lock (gate)
        {
            if (pipelines.GetValueOrDefault(pipeline) is not { } kept || kept.Entries.Keys.Where(which).ToList() is not { Count: > 0 } gone)
                return;
            kept.Whole ??= new(kept.Entries);
            gone.ForEach(key => kept.Entries.Remove(key));
        }
    }

    /// <summary>Puts the entries of the latest commit back.</summary>
    public void Mend(string pipeline)
    {
        lock (gate)
        {
            if (pipelines.GetValueOrDefault(pipeline) is { Whole: { } whole } kept)
                (kept.Entries, kept.Whole) = (whole, null);
        }
    }

    /// <summary>
    /// Forgets the latest <paramref name="commits"/> of <paramref name="pipeline"/>. Entries and head, with epoch and owner, are as they
    /// were before the first of them. There must have been so many since the latest reset.
    /// </summary>
    public void RollBack(string pipeline, int commits)
    {
        lock (gate)
        {
            var kept = pipelines[pipeline];
            for (var commit = 0; commit < commits; commit++)
                (kept.Head, kept.Entries) = kept.Before.Pop();
            kept.Whole = null;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static void Apply(Kept kept, StateChanges changes, int parts)
    {
        foreach (var key in changes.Removed.Take(parts))
            kept.Entries.Remove(key);
        foreach (var entry in changes.Written.Take(parts - Math.Min(parts, changes.Removed.Count)))
            kept.Entries[entry.Key] = entry.Value.ToArray();
    }

    private static CheckpointStoreException Incomplete(string pipeline) =>
        new(CheckpointStoreProblem.Incomplete, $"The checkpoint of “{pipeline}” in memory is not whole.");

    /// <exception cref="CheckpointStoreException">The checkpoint is not whole.</exception>
    private Kept? Readable(string pipeline) =>
        pipelines.GetValueOrDefault(pipeline) is { Whole: not null } ? throw Incomplete(pipeline) : pipelines.GetValueOrDefault(pipeline);

    private Task<T> Run<T>(CancellationToken cancel, Func<T> work)
    {
        if (cancel.IsCancellationRequested)
            return Task.FromCanceled<T>(cancel);
        try
        {
            lock (gate)
                return Task.FromResult(work());
        }
        catch (Exception problem) when (problem is OwnershipLostException or CheckpointRolledBackException or CheckpointStoreException)
        {
            return Task.FromException<T>(problem);
        }
    }

    private sealed class Kept
    {
        public CheckpointHead Head { get; set; } = new(0, string.Empty, 0, null);

        public Dictionary<StateKey, byte[]> Entries { get; set; } = [];

        /// <summary>The entries as they should be, if they are not. Null if they are.</summary>
        public Dictionary<StateKey, byte[]>? Whole { get; set; }

        public Stack<(CheckpointHead Head, Dictionary<StateKey, byte[]> Entries)> Before { get; } = new();
    }
}
