using System.Text.Json.Nodes;

namespace Rx.Alerting.Core.Checkpoints;

/// <summary>How the entries of one checkpoint are encoded: each state in a version that this build knows.</summary>
public sealed class StoredSchema
{
    private readonly IReadOnlyList<(StateLayout Stored, StateLayout Current)> states;

    internal StoredSchema(IReadOnlyList<(StateLayout Stored, StateLayout Current)> states) => this.states = states;

    /// <summary>Whether an earlier release has written it: a restore upgrades what is older, and earlier releases cannot read it after the next commit.</summary>
    public bool IsOlder => states.Any(state => state.Stored.Version < state.Current.Version);

    /// <summary>The states that this build writes otherwise, such as <c>counters 2 → 3</c>; empty: none.</summary>
    public string Differences => string.Join(", ", states
        .Where(state => state.Stored.Version < state.Current.Version)
        .Select(state => $"{state.Current.Name} {state.Stored.Version} → {state.Current.Version}"));

    /// <summary>An entry with its fields by name, for people.</summary>
    /// <exception cref="CheckpointFormatException">It is not encoded as this schema says.</exception>
    public JsonObject Show(StateEntry entry) => Find(entry.Key.Section)?.Stored.Read(entry)
        ?? throw CheckpointFormatException.OtherSchema($"it has a section “{entry.Key.Section}” that this build does not know");

    /// <summary>The layout in which the checkpoint has this state; null: it has not got the state, which is new.</summary>
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
