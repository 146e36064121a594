namespace Rx.Alerting.Core.Checkpoints;

/// <summary>The states of all operators of a pipeline, saved and loaded as one.</summary>
internal sealed class OperatorStates(IReadOnlyList<IOperatorState> states)
{
    /// <summary>A writer with more memory than this, as after a burst, is not kept for the next save.</summary>
    private const int MaximumSpareBytes = 64 << 20;

    private readonly CheckpointSchema schema = new([.. states.Select(state => state.Layout)]);
    private ChangeWriter? taken;
    private ChangeWriter? spare;
    private UpgradedEntries? upgraded;
    private bool headerSaved;

    /// <summary>The states that were upgraded after the load. Null if the checkpoint was in the layout of this build.</summary>
    public string? Upgraded { get; private set; }

    /// <summary>About how many bytes <see cref="TakeChanges"/> would write now.</summary>
    public long ChangedBytes => states.Sum(state => state.ChangedBytes);

    /// <summary>All entries, for a savepoint. The next <see cref="TakeChanges"/> is not affected.</summary>
    public IReadOnlyList<StateEntry> Save()
    {
        var changes = new ChangeWriter();
        schema.Save(changes.Begin(CheckpointSchema.HeaderKey));
        foreach (var state in states)
            state.Save(changes, everything: true);
        return changes.Build().Written;
    }

    /// <summary>The changes since the last call, or since the load.</summary>
    public StateChanges TakeChanges()
    {
        var changes = taken = spare ?? new ChangeWriter();
        spare = null;
        if (!headerSaved)
            schema.Save(changes.Begin(CheckpointSchema.HeaderKey));
        headerSaved = true;
        foreach (var state in states)
            state.Save(changes, everything: false);
        var built = changes.Build();
        if (upgraded is null)
            return built;

        var whole = upgraded.With(built);
        upgraded = null;
        return whole;
    }

    /// <summary>All entries, to replace everything in the store. The next <see cref="TakeChanges"/> goes on from there.</summary>
    public StateChanges TakeAll()
    {
        TakeChanges();
        Release();
        return new(Save(), []);
    }

    /// <summary>The changes that were taken last are not used any more, so the next save may overwrite their memory.</summary>
    public void Release()
    {
        // Changes take megabytes. With new memory every second, the whole heap would be collected every few seconds.
        spare = taken is { Capacity: <= MaximumSpareBytes } ? taken : null;
        spare?.Clear();
        taken = null;
    }

    /// <param name="entries">All entries of one checkpoint, in any order. Empty if the pipeline is new.</param>
    /// <exception cref="CheckpointFormatException">The checkpoint is damaged, or of a version that this build cannot read.</exception>
    public void Load(IReadOnlyList<StateEntry> entries)
    {
        if (entries.Count == 0)
            return;

        var bySection = entries.ToLookup(entry => entry.Key.Section);
        if (bySection[StateSections.Header].Count() != 1)
            throw CheckpointFormatException.WithoutHeader();
        var stored = schema.Read(bySection[StateSections.Header].Single());
        headerSaved = !stored.IsOlder;
        if (stored.IsOlder)
            (Upgraded, upgraded) = (stored.Differences, new UpgradedEntries());
        foreach (var state in states)
            Load(state, state.Layout.Sections.SelectMany(section => bySection[section]), stored.Of(state.Layout));
    }

    /// <param name="state">Must be empty.</param>
    /// <param name="entries">The entries of the state's sections.</param>
    /// <param name="stored">The layout of the entries. Null if the checkpoint is older than the state itself.</param>
    private void Load(IOperatorState state, IEnumerable<StateEntry> entries, StateLayout? stored)
    {
        var current = stored is null || stored.Version == state.Layout.Version ? entries : upgraded!.Upgrade(entries, stored, state.Layout);
        foreach (var (key, value) in current)
        {
            var reader = new StateReader(value);
            state.Load(key, reader);
            if (!reader.AtEnd)
                throw CheckpointFormatException.TooLong(key.Section);
        }

        state.EndLoad();
    }
}
