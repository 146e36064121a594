namespace Rx.Alerting.Core.Checkpoints;

/// <summary>The state of one operator of the dataflow: all that it must know to go on in a new graph, in entries that are written on their own.</summary>
internal interface IOperatorState
{
    /// <summary>What <see cref="Save"/> writes; its sections, of <see cref="StateSections"/>, are the state's own.</summary>
    StateLayout Layout { get; }

    /// <summary>Writes entries, and names those that are gone.</summary>
    /// <param name="changes">Where to.</param>
    /// <param name="everything">All entries, as for a savepoint; else those that have changed since the last time, which are unchanged from then on.</param>
    void Save(ChangeWriter changes, bool everything);

    /// <summary>About how many bytes a save of changes would write now.</summary>
    long ChangedBytes => 0;

    /// <summary>Takes one entry that <see cref="Save"/> of the same version has written into this state, which was empty before the first.</summary>
    void Load(StateKey key, StateReader reader);

    /// <summary>All entries of the state's sections have been loaded.</summary>
    void EndLoad()
    {
    }
}
