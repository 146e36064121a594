namespace Rx.Alerting.Core.Checkpoints;

/// <summary>The states of all operators of a pipeline, saved and loaded as one.</summary>
internal sealed class PipelineState(IReadOnlyList<IOperatorState> states)
{
    /// <summary>Larger ones, as a burst leaves them, are not kept.</summary>
    private const int MaximumSpareBytes = 64 << 20;

    private readonly CheckpointSchema schema = new([.. states.Select(state => state.Layout)]);
    private ChangeWriter? taken;
    private ChangeWriter? spare;
    private bool headerSaved;

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
        return changes.Build();
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
        schema.Check(bySection[StateSections.Header].Single());
        headerSaved = true;
        foreach (var state in states)
        {
            foreach (var (key, value) in state.Layout.Sections.SelectMany(section => bySection[section]))
            {
                var reader = new StateReader(value);
                state.Load(key, reader);
                if (!reader.AtEnd)
                    throw CheckpointFormatException.TooLong(key.Section);
            }

            state.EndLoad();
        }
    }
}
