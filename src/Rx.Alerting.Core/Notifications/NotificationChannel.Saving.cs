using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Effects;

namespace Rx.Alerting.Core.Notifications;

/// <content>What it remembers.</content>
public sealed partial class NotificationChannel
{
    /// <summary>A thread of which the store has not taken what is known here. Null: it has everything.</summary>
    internal (NotificationPart Part, NotificationThread Thread)? FirstUnsaved => Read(all => all
        .SelectMany(part => part.Unsaved.Select(thread => ((NotificationPart, NotificationThread)?)(part, thread))).FirstOrDefault());

    /// <summary>
    /// Writes what the store has not taken. A thread may not change any more, and whoever begins next would tell its last event again.
    /// </summary>
    internal async Task SaveAgainAsync(CancellationToken cancel)
    {
        foreach (var part in Read(all => all.Where(part => part.Unsaved.Any()).ToList()))
        {
            try
            {
                await SaveAsync(part, [], [], cancel);
            }
            catch (CheckpointStoreException problem)
            {
                if (!await SaveEachAsync(part, problem, cancel))
                    throw;
            }
        }
    }

    /// <summary>Writes threads, and those of the part that the store has not taken before.</summary>
    /// <returns>False if the pipeline is in other hands.</returns>
    private async Task<bool> SaveAsync(
        NotificationPart part, IReadOnlyList<BoardEntry> changed, IReadOnlyList<string> gone, CancellationToken cancel)
    {
        IReadOnlyList<BoardEntry> entries;
        lock (sync)
            entries = [.. part.EncodeUnsaved(changed, clock.GetUtcNow()), .. changed];
        bool isOurs;
        try
        {
            isOurs = await memory.SaveAsync(part, entries, gone, EncodeAll, cancel);
        }
        catch
        {
            lock (sync)
                part.NotSaved(entries, gone);
            Wake();
            throw;
        }

        EndSaved(part, entries);
        if (!isOurs)
            End(part);
        return isOurs;

        IReadOnlyList<BoardEntry> EncodeAll()
        {
            lock (sync)
                return [.. part.Threads.Select(thread => part.Encode(thread, clock.GetUtcNow()))];
        }
    }

    private void EndSaved(NotificationPart part, IReadOnlyList<BoardEntry> entries)
    {
        lock (sync)
        {
            foreach (var id in HasBegunAnew(part) ? [] : part.Saved(entries))
                underWay.End(part, id);
        }
    }
}
