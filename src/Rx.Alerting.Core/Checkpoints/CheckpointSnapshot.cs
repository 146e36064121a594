namespace Rx.Alerting.Core.Checkpoints;

/// <summary>One commit of a pipeline, which stays as it is though others follow. Its store must live as long.</summary>
/// <param name="head">Whose and which commit it is.</param>
/// <param name="chunks">Its entries, section by section in the order of <see cref="StateSections.All"/>; can be read once.</param>
/// <param name="release">Gives back what keeps it readable.</param>
public sealed class CheckpointSnapshot(CheckpointHead head, IAsyncEnumerable<IReadOnlyList<StateEntry>> chunks, Action? release = null) : IDisposable
{
    public CheckpointHead Head { get; } = head;

    public IAsyncEnumerable<IReadOnlyList<StateEntry>> Chunks { get; } = chunks;

    /// <summary>Reads all entries into memory; null if there is no such pipeline, or a commit came between.</summary>
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
