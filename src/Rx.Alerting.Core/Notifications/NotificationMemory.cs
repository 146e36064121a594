using Rx.Alerting.Core.Effects;

namespace Rx.Alerting.Core.Notifications;

/// <summary>Writes to the board what a channel has to remember.</summary>
internal sealed class NotificationMemory(IBoard board, OwnerEpoch ownerEpoch)
{
    /// <summary>Takes a part over from an earlier owner, who cannot write to it any more.</summary>
    /// <returns>Its threads.</returns>
    public async Task<IReadOnlyList<NotificationThread>> TakeAsync(NotificationPart part, CancellationToken cancel) =>
        [.. (await board.TakeAsync(part.Name, part.Epoch, cancel)).Select(ThreadEncoding.Decode)];

    /// <summary>Writes threads.</summary>
    /// <param name="part">Their part.</param>
    /// <param name="entries">Threads that have changed.</param>
    /// <param name="gone">Ids of threads that were dropped.</param>
    /// <param name="encodeAll">All threads of the part, for a board that has lost it.</param>
    /// <param name="cancel">Cancels.</param>
    /// <returns>False if the pipeline is in other hands.</returns>
    public async Task<bool> SaveAsync(
        NotificationPart part,
        IReadOnlyList<BoardEntry> entries,
        IReadOnlyList<string> gone,
        Func<IReadOnlyList<BoardEntry>> encodeAll,
        CancellationToken cancel)
    {
        var owner = await board.PostAsync(part.Name, part.Epoch, entries, gone, cancel);
        if (owner == part.Epoch)
            return true;
        // A later epoch usually is another process. But after a store has gone back, epochs begin again.
        if (owner > part.Epoch && await ownerEpoch(part.Pipeline, cancel) != part.Epoch)
            return false;
        // The board has lost the part, or somebody has taken it who does not have the pipeline: it is written again.
        await board.ReplaceAsync(part.Name, part.Epoch, encodeAll(), cancel);
        return true;
    }
}
