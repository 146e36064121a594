namespace Rx.Alerting.Core.Checkpoints;

/// <summary>
/// The whole state of a pipeline at one commit. Later commits do not change the snapshot. The store must not be disposed before the
/// snapshot.
/// </summary>
/// <param name="head">The commit.</param>
/// <param name="chunks">The entries, section by section in the order of <see cref="StateSections.All"/>. Can be read once.</param>
/// <param name="release">Called when the snapshot is disposed; releases the resources that keep it readable.</param>
public sealed class CheckpointSnapshot(
    CheckpointHead head,
    IAsyncEnumerable<IReadOnlyList<StateEntry>> chunks,
    Action? release = null) : IDisposable
{
    public CheckpointHead Head { get; } = head;

    public IAsyncEnumerable<IReadOnlyList<StateEntry>> Chunks { get; } = chunks;

    /// <summary>Reads all entries into memory.</summary>
    /// <returns>Null if there is no such pipeline, or a commit came while reading.</returns>
    public static async Task<CheckpointSnapshot?> TryReadAsync(ICheckpointStore store, string pipeline, CancellationToken cancel)
    {
        var head = await store.FindAsync(pipeline, cancel).ConfigureAwait(false);
        if (head is null)
            return null;
        var chunks = new List<IReadOnlyList<StateEntry>>();
        foreach (var section in StateSections.All)
        {
            await foreach (var chunk in store.ReadAsync(pipeline, section, cancel).ConfigureAwait(false))
                chunks.Add(chunk);
        }

        return await store.FindAsync(pipeline, cancel).ConfigureAwait(false) == head ? new(head, chunks.ToAsyncEnumerable()) : null;
    }

    public void Dispose() => release?.Invoke();
}
