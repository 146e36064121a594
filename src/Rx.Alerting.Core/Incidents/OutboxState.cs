using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Incidents;

/// <summary>A change of an incident that has been decided and has yet to reach people and programs.</summary>
/// <param name="Sequence">Its number in its pipeline; a restore that decides it again gives it the same one.</param>
/// <param name="Change">What happened.</param>
public sealed record OutboxEntry(long Sequence, IncidentChange Change);

/// <summary>Changes that are not known to be delivered. Part of the state: an effect is committed with the views that caused it.</summary>
/// <param name="keeps">False: nobody will deliver, nothing is kept.</param>
internal sealed class OutboxState(bool keeps) : IOperatorState
{
    private const ulong ChangeEntry = 0, SequenceEntry = 1;

    private readonly SortedDictionary<long, IncidentChange> entries = [];
    private readonly ChangeLog<long> log = new(keeps);
    private long latest;

    public static StateLayout Layout { get; } = new(1,
        $"outbox/{ChangeEntry}: change bytes",
        $"outbox/{SequenceEntry}: latest i64");

    StateLayout IOperatorState.Layout => Layout;

    /// <summary>Undelivered changes, the oldest first.</summary>
    public IReadOnlyList<OutboxEntry> All => [.. entries.Select(entry => new OutboxEntry(entry.Key, entry.Value))];

    public void Add(IncidentChange change)
    {
        if (!keeps)
            return;
        entries.Add(++latest, change);
        log.Changed(latest);
    }

    public void Delivered(long sequence)
    {
        if (entries.Remove(sequence))
            log.Removed(sequence);
    }

    public void Save(ChangeWriter changes, bool everything)
    {
        changes.Begin(new StateKey(StateSections.Outbox, SequenceEntry, 0)).Int64(latest);
        if (everything)
        {
            foreach (var sequence in entries.Keys)
                Write(sequence);
        }
        else
        {
            log.Take(Write, sequence => changes.Remove(KeyOf(sequence)));
        }

        void Write(long sequence) =>
            IncidentEntry.Write(changes.Begin(KeyOf(sequence)), entries[sequence], IncidentJson.Readable.IncidentChange);
    }

    public void Load(StateKey key, StateReader reader)
    {
        if (key.High == SequenceEntry)
        {
            latest = reader.Int64();
            return;
        }

        var sequence = unchecked((long)key.Low);
        entries.Add(sequence, IncidentEntry.Read(reader, IncidentJson.Readable.IncidentChange));
        log.Loaded(sequence);
    }

    private static StateKey KeyOf(long sequence) => new(StateSections.Outbox, ChangeEntry, unchecked((ulong)sequence));
}
