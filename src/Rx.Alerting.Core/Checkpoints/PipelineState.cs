namespace Rx.Alerting.Core.Checkpoints;

/// <summary>The states of all operators of a pipeline, saved and loaded as one.</summary>
internal sealed class PipelineState(IReadOnlyList<IOperatorState> states)
{
    /// <summary>Larger ones, as a burst leaves them, are not kept.</summary>
    private const int MaximumSpareBytes = 64 << 20;

    private readonly CheckpointSchema schema = new([.. states.Select(state => state.Layout)]);
    private ChangeWriter? taken;
    private ChangeWriter? spare;
    private UpgradedEntries? upgraded;
    private bool headerSaved;

    /// <summary>What an upgrade has changed in the checkpoint that was loaded; null: it was as this build writes it.</summary>
    public string? Upgraded { get; private set; }

    /// <summary>About how many bytes <see cref="TakeChanges"/> would give now.</summary>
    public long ChangedBytes => states.Sum(state => state.ChangedBytes);

    /// <summary>Every entry, for a savepoint; the next <see cref="TakeChanges"/> is what it would have been without.</summary>
    public IReadOnlyList<StateEntry> Save()
    {
        var changes = new ChangeWriter();
        schema.Save(changes.Begin(CheckpointSchema.HeaderKey));
        foreach (var state in states)
            state.Save(changes, everything: true);
        return changes.Build().Written;
    }

    /// <summary>What has changed since the last call, or since the load.</summary>
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

    /// <summary>Every entry, to replace all that the store has; the next <see cref="TakeChanges"/> goes on from there.</summary>
    public StateChanges TakeAll()
    {
        TakeChanges();
        Release();
        return new(Save(), []);
    }

    /// <summary>What was taken last is not looked at any more: the next save writes to its memory.</summary>
    public void Release()
    {
        // A snapshot is megabytes: made anew every second, it would have the whole heap collected every few seconds.
        spare = taken is { Capacity: <= MaximumSpareBytes } ? taken : null;
        spare?.Clear();
        taken = null;
    }

    /// <param name="entries">All entries of one checkpoint, in any order; none: the pipeline is new.</param>
    /// <exception cref="CheckpointFormatException">Damaged, or of a version that this build cannot read.</exception>
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

    /// <param name="state">Empty.</param>
    /// <param name="entries">Of its sections.</param>
    /// <param name="stored">Their layout; null: the checkpoint is older than the state.</param>
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
