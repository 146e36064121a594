namespace Rx.Alerting.Core.Checkpoints;

/// <summary>
/// The state of one operator of the dataflow: everything that the operator needs to go on in a new graph. The state is saved as entries,
/// each of which is written on its own.
/// </summary>
internal interface IOperatorState
{
    /// <summary>How <see cref="Save"/> encodes entries. No other state has entries in the layout's sections.</summary>
    StateLayout Layout { get; }

    /// <summary>Writes entries, and names the entries that are gone.</summary>
    /// <param name="changes">Where entries are written to.</param>
    /// <param name="everything">True: writes all entries, as for a savepoint. False: writes the entries that have changed since the last
    /// save of changes; from then on they count as unchanged.</param>
    void Save(ChangeWriter changes, bool everything);

    /// <summary>About how many bytes a save of changes would write now.</summary>
    long ChangedBytes => 0;

    /// <summary>
    /// Loads one entry that <see cref="Save"/> has written in the same version. The state must be empty before the first entry.
    /// </summary>
    void Load(StateKey key, StateReader reader);

    /// <summary>Called after all entries of the state have been loaded.</summary>
    void EndLoad()
    {
    }
}
