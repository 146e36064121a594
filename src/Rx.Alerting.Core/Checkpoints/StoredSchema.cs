using System.Text.Json.Nodes;

namespace Rx.Alerting.Core.Checkpoints;

/// <summary>How the entries of one checkpoint are encoded. Each state is in a version that this build knows.</summary>
public sealed class StoredSchema
{
    private readonly IReadOnlyList<(StateLayout Stored, StateLayout Current)> states;

    internal StoredSchema(IReadOnlyList<(StateLayout Stored, StateLayout Current)> states) => this.states = states;

    /// <summary>
    /// Whether an earlier release has written a state in an earlier version. A restore upgrades such states. After the next commit, the
    /// earlier release cannot read the checkpoint any more.
    /// </summary>
    public bool IsOlder => states.Any(state => state.Stored.Version < state.Current.Version);

    /// <summary>The states that are in an earlier version, such as <c>counters 2 → 3</c>. Empty if there are none.</summary>
    public string Differences => string.Join(", ", states
        .Where(state => state.Stored.Version < state.Current.Version)
        .Select(state => $"{state.Current.Name} {state.Stored.Version} → {state.Current.Version}"));

    /// <summary>Reads an entry's fields by name, for people.</summary>
    /// <exception cref="CheckpointFormatException">The entry is not encoded as this schema says.</exception>
    public JsonObject Show(StateEntry entry) => Find(entry.Key.Section)?.Stored.Read(entry)
        ?? throw CheckpointFormatException.OtherSchema($"it has a section “{entry.Key.Section}” that this build does not know");

    /// <summary>The layout in which the checkpoint has a state. Null if the checkpoint is older than the state itself.</summary>
    internal StateLayout? Of(StateLayout current) => Find(current.Sections[0])?.Stored;

    private (StateLayout Stored, StateLayout Current)? Find(string section)
    {
        foreach (var state in states)
        {
            if (state.Stored.Sections.Contains(section))
                return state;
        }

        return null;
    }
}
