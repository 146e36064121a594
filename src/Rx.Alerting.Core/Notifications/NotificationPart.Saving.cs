using Rx.Alerting.Core.Effects;

namespace Rx.Alerting.Core.Notifications;

/// <content>What the store has not taken.</content>
internal sealed partial class NotificationPart
{
    /// <summary>Ids of threads, with the time of the latest entry that the store has not taken.</summary>
    private readonly Dictionary<string, DateTimeOffset> unsaved = new(StringComparer.Ordinal);

    /// <summary>How many times the store has refused a thread alone, by its id.</summary>
    private readonly Dictionary<string, int> refusals = new(StringComparer.Ordinal);

    /// <summary>Ids of incidents of which the channel does not tell, because the store does not take what it would remember.</summary>
    private readonly HashSet<string> forgotten = new(StringComparer.Ordinal);

    /// <summary>The threads that are still to be written.</summary>
    public IEnumerable<NotificationThread> Unsaved => unsaved.Keys.Where(threads.ContainsKey).Select(id => threads[id]);

    /// <summary>What is still to be written, as it is now.</summary>
    /// <param name="changed">Is written anyway.</param>
    /// <param name="now">The time.</param>
    public IReadOnlyList<BoardEntry> EncodeUnsaved(IReadOnlyList<BoardEntry> changed, DateTimeOffset now)
    {
        foreach (var id in unsaved.Keys.Where(id => !threads.ContainsKey(id)).ToList())
            unsaved.Remove(id); // It was dropped.
        return [.. unsaved.Keys.Except(changed.Select(entry => entry.Id)).Select(id => Encode(threads[id], now))];
    }

    /// <summary>What the store has taken, as it is now.</summary>
    public IReadOnlyList<BoardEntry> EncodeSaved(DateTimeOffset now) =>
        [.. threads.Values.Where(thread => !unsaved.ContainsKey(thread.Id)).Select(thread => Encode(thread, now))];

    /// <summary>The store has refused a thread.</summary>
    /// <returns>How many times in a row.</returns>
    public int Refuse(NotificationThread thread) => refusals[thread.Id] = refusals.GetValueOrDefault(thread.Id) + 1;

    /// <summary>Drops a thread that the store does not take. What an earlier process has remembered of it stays on the board.</summary>
    public void Forget(NotificationThread thread)
    {
        refusals.Remove(thread.Id);
        unsaved.Remove(thread.Id);
        Drop(thread);
        forgotten.UnionWith(thread.Incidents.Select(incident => incident.Id));
    }

    /// <summary>The store has not taken entries, or nobody knows.</summary>
    public void NotSaved(IReadOnlyList<BoardEntry> entries, IReadOnlyList<string> dropped)
    {
        gone.UnionWith(dropped.Where(id => !threads.ContainsKey(id))); // Whoever repeats the delivery takes them again.
        foreach (var entry in entries)
        {
            if (!(unsaved.GetValueOrDefault(entry.Id) > entry.UpdatedAt))
                unsaved[entry.Id] = entry.UpdatedAt;
        }
    }

    /// <summary>The store has an earlier state of the thread.</summary>
    public void NotSaved(NotificationThread thread) => unsaved[thread.Id] = DateTimeOffset.FromUnixTimeMilliseconds(thread.Version + 1);

    /// <summary>The store has taken entries. A later state of a thread may still have to be written.</summary>
    /// <returns>Ids of the threads that it did not take before.</returns>
    public IReadOnlyList<string> Saved(IReadOnlyList<BoardEntry> entries)
    {
        List<string> saved =
        [
            .. entries.Where(entry => unsaved.TryGetValue(entry.Id, out var latest) && latest <= entry.UpdatedAt)
                .Select(entry => entry.Id),
        ];
        foreach (var id in saved)
        {
            unsaved.Remove(id);
            refusals.Remove(id);
        }

        return saved;
    }
}
