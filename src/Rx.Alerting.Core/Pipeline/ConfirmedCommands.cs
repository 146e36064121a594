namespace Rx.Alerting.Core.Pipeline;

/// <summary>
/// The latest commands that commits have confirmed. The store may lose such a commit. Used under the lock of a <see cref="CommandQueue"/>.
/// </summary>
internal sealed class ConfirmedCommands
{
    private const int Maximum = 1000;

    /// <summary>By their places in the state. A command that came again has one place.</summary>
    private SortedDictionary<long, QueuedCommand> byPlace = [];

    /// <summary>Adds a command, unless it has no place.</summary>
    public void Add(QueuedCommand command)
    {
        if (command.Place is not { } place)
            return;
        byPlace.TryAdd(place, command);
        if (byPlace.Count > Maximum)
            byPlace.Remove(byPlace.Keys.First());
    }

    /// <summary>A pipeline begins, perhaps from an earlier commit than the pipeline before.</summary>
    /// <param name="pipeline">Restored from that commit.</param>
    /// <param name="unconfirmed">Commands that the pipeline before has executed since.</param>
    /// <returns>What is to be executed again, in the order in which it was executed first.</returns>
    public IReadOnlyList<QueuedCommand> Begin(DetectionPipeline pipeline, IReadOnlyList<QueuedCommand> unconfirmed)
    {
        IReadOnlyList<QueuedCommand> before = [.. byPlace.Values, .. unconfirmed];
        byPlace = [];
        var again = new List<QueuedCommand>();
        foreach (var command in before.OrderBy(command => command.Place ?? long.MaxValue))
        {
            if (!command.IsAnswered)
            {
                again.Add(command); // Its sender waits for a commit, also if the state has it.
                continue;
            }

            command.Place = pipeline.PlaceOf(command.Command, command.Place);
            if (command.Place is null)
                again.Add(command);
            else
                Add(command);
        }

        return again;
    }
}
