namespace Rx.Alerting.Core.Checkpoints;

/// <summary>The states of all operators of a pipeline, saved and loaded as one.</summary>
internal sealed class PipelineState(IReadOnlyList<IOperatorState> states)
{
    /// <summary>Larger ones, as a burst leaves them, are not kept.</summary>
    private const int MaximumSpareBytes = 64 << 20;

    private ChangeWriter? taken;
    private ChangeWriter? spare;
    private bool headerSaved;

    /// <summary>Every entry, for a savepoint; the next <see cref="TakeChanges"/> is what it would have been without.</summary>
    public IReadOnlyList<StateEntry> Save()
    {
        var changes = new ChangeWriter();
        CheckpointHeader.Save(states, changes.Begin(CheckpointHeader.Key));
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
            CheckpointHeader.Save(states, changes.Begin(CheckpointHeader.Key));
        headerSaved = true;
        foreach (var state in states)
            state.Save(changes, everything: false);
        return changes.Build();
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
            throw new CheckpointFormatException("The checkpoint is damaged: it has no header.");
        CheckpointHeader.Check(states, new StateReader(bySection[StateSections.Header].Single().Value));
        headerSaved = true;
        foreach (var state in states)
        {
            foreach (var (key, value) in state.Sections.SelectMany(section => bySection[section]))
            {
                var reader = new StateReader(value);
                state.Load(key, reader);
                if (!reader.AtEnd)
                    throw new CheckpointFormatException($"The checkpoint is damaged: an entry of section “{key.Section}” is longer than its content.");
            }

            state.EndLoad();
        }
    }
}
