namespace Rx.Alerting.Core.Checkpoints;

/// <summary>The entries that an upgrade has made of those in the store. The first commit after it writes them, beside what has changed since.</summary>
internal sealed class UpgradedEntries
{
    private readonly HashSet<StateKey> old = [];
    private readonly Dictionary<StateKey, StateEntry> made = [];

    /// <summary>Gives the entries of a state as they are in the layout of this build, and keeps them.</summary>
    public IEnumerable<StateEntry> Upgrade(IEnumerable<StateEntry> entries, StateLayout stored, StateLayout current)
    {
        foreach (var entry in current.Upgrade(stored, entries.Select(Replace)))
        {
            made.Add(entry.Key, entry);
            yield return entry;
        }
    }

    /// <summary>What the store must write and remove to have the state as it is now.</summary>
    public StateChanges With(StateChanges since)
    {
        foreach (var entry in since.Written)
            made[entry.Key] = entry;
        foreach (var key in since.Removed)
            made.Remove(key);
        return new StateChanges([.. made.Values], [.. since.Removed, .. old.Where(key => !made.ContainsKey(key)).Except(since.Removed)]);
    }

    private StateEntry Replace(StateEntry entry)
    {
        old.Add(entry.Key);
        return entry;
    }
}
