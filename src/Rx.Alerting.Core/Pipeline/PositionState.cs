using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>Where to read on in each partition.</summary>
internal sealed class PositionState(bool tracksChanges) : IOperatorState
{
    private readonly Dictionary<string, string> positions = [];
    private readonly ChangeLog<string> log = new(tracksChanges);

    public static StateLayout Layout { get; } = new(1,
        "positions: partition text, position text");

    StateLayout IOperatorState.Layout => Layout;

    public IReadOnlyDictionary<string, string> All => positions;

    /// <summary>The batch has been consumed. One that finishes its partition and names no position has the partition forgotten.</summary>
    public void Take(ViewBatch batch)
    {
        if (batch.Position is { } position)
        {
            positions[batch.Partition] = position;
            log.Changed(batch.Partition);
        }
        else if (batch.Status == PartitionStatus.Finished && positions.Remove(batch.Partition))
        {
            log.Removed(batch.Partition);
        }
    }

    public void Save(ChangeWriter changes, bool everything)
    {
        if (everything)
        {
            foreach (var partition in positions.Keys)
                Write(partition);
        }
        else
        {
            log.Take(Write, partition => changes.Remove(KeyOf(partition)));
        }

        void Write(string partition)
        {
            var writer = changes.Begin(KeyOf(partition));
            writer.String(partition);
            writer.String(positions[partition]);
        }
    }

    public void Load(StateKey key, StateReader reader)
    {
        var partition = reader.String()!;
        positions.Add(partition, reader.String()!);
        log.Loaded(partition);
    }

    private static StateKey KeyOf(string partition) => new(StateSections.Positions, 0, ContentHash.Of(partition));
}
