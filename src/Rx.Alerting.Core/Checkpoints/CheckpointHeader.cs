namespace Rx.Alerting.Core.Checkpoints;

/// <summary>The first entry of a checkpoint: which sections there are, and in which versions their entries are encoded.</summary>
internal static class CheckpointHeader
{
    public static readonly StateKey Key = new(StateSections.Header, 0, 0);

    public static void Save(IReadOnlyList<IOperatorState> states, StateWriter writer)
    {
        writer.Int32(states.Count);
        foreach (var state in states)
        {
            writer.String(string.Join(' ', state.Sections));
            writer.Int32(state.Version);
        }
    }

    /// <exception cref="CheckpointFormatException">Sections or versions are not those of this build; the message says what to do.</exception>
    public static void Check(IReadOnlyList<IOperatorState> states, StateReader reader)
    {
        Require(reader.Int32(), states.Count, "number of states");
        foreach (var state in states)
        {
            var (name, found) = (string.Join(' ', state.Sections), reader.String());
            if (found != name)
                throw new CheckpointFormatException($"The checkpoint has a section “{found}” where “{name}” is expected; use the release that wrote it.");
            Require(reader.Int32(), state.Version, $"section “{name}”");
        }
    }

    public static void Require(int found, int known, string what)
    {
        if (found != known)
            throw new CheckpointFormatException($"The checkpoint's {what} has version {found}, this build reads version {known}: use the release that wrote it, or start without the checkpoint.");
    }
}
