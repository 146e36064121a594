namespace Rx.Alerting.Core.Checkpoints;

/// <summary>The entries that an upgrade has made. The first commit after the upgrade writes them, besides the changes since.</summary>
internal sealed class UpgradedEntries
{
    private readonly HashSet<StateKey> old = [];
    private readonly Dictionary<StateKey, StateEntry> made = [];

    /// <summary>Upgrades the entries of a state to the layout of this build, and keeps the upgraded entries.</summary>
    public IEnumerable<StateEntry> Upgrade(IEnumerable<StateEntry> entries, StateLayout stored, StateLayout current)
    {
        foreach (var entry in current.Upgrade(stored, entries.Select(Replace)))
        {
            made.Add(entry.Key, entry);
            yield return entry;
        }
    }

    /// <summary>The changes that bring the store from the earlier release's entries to the present state.</summary>
    /// <param name="since">The changes since the upgrade.</param>
    public StateChanges With(StateChanges since)
    {
        foreach (var entry in since.Written)
            made[entry.Key] = entry;
        foreach (var key in since.Removed)
            made.Remove(key);
        var replaced = old.Where(key => !made.ContainsKey(key)).Except(since.Removed);
        return new StateChanges([.. made.Values], [.. since.Removed, .. replaced]);
    }

    private StateEntry Replace(StateEntry entry)
    {
        old.Add(entry.Key);
        return entry;
    }
}
