using System.Text.Json.Nodes;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Effects;

/// <summary>
/// The log of effects that not every channel has, and the cursors of the channels. Part of the state: an effect is committed with the views
/// that caused it.
/// </summary>
/// <param name="maximum">Effects to keep.</param>
/// <param name="keeps">False: nobody will deliver, nothing is kept.</param>
internal sealed class OutboxState(int maximum, bool keeps) : IOperatorState
{
    /// <summary>The kinds of entries.</summary>
    public const ulong ChangeEntry = 0, SequenceEntry = 1, CursorEntry = 2;

    private readonly SortedDictionary<long, Effect> log = [];
    private readonly Dictionary<string, long> updates = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ChannelCursor> cursors = new(StringComparer.Ordinal);
    private readonly ChangeLog<long> changedEffects = new(keeps);
    private readonly ChangeLog<string> changedCursors = new(keeps);

    public static StateLayout Layout { get; } = new(3,
        $"outbox/{ChangeEntry}: transition u8, {IncidentEncoding.Layout}",
        $"outbox/{SequenceEntry}: latest i64",
        $"outbox/{CursorEntry}: {ChannelCursor.Layout}")
    {
        Upgrades =
        [
            new(Version1, entries => entries.Select(Upgrade)),
            new(Version2, entries => entries.Select(entry =>
            {
                if (entry.Key.High == ChangeEntry)
                    IncidentEncoding.UpgradeEarlier(entry.Fields);
                return entry;
            })),
        ],
    };

    private static StateLayout Version2 => new(2,
        $"outbox/{ChangeEntry}: transition u8, {IncidentEncoding.EarlierLayout}",
        $"outbox/{SequenceEntry}: latest i64",
        $"outbox/{CursorEntry}: {ChannelCursor.Layout}");

    /// <summary>Changes were JSON, and there were no cursors.</summary>
    private static StateLayout Version1 => new(1, "outbox/0: change bytes", "outbox/1: latest i64");

    StateLayout IOperatorState.Layout => Layout;

    /// <summary>The sequence of the latest effect.</summary>
    public long Latest { get; private set; }

    /// <summary>The effects that some channel does not have, the oldest first.</summary>
    public IReadOnlyList<Effect> Log => [.. log.Values];

    public IReadOnlyCollection<ChannelCursor> Cursors => cursors.Values;

    public void Add(IncidentChange change)
    {
        if (!keeps)
            return;
        var id = change.Incident.Id;
        if (change.Transition == IncidentTransition.Updated && updates.TryGetValue(id, out var before))
            Remove(before); // Whoever does not have it yet is told the newer one.
        log.Add(++Latest, new Effect(Latest, change));
        changedEffects.Changed(Latest);
        if (change.Transition == IncidentTransition.Updated)
            updates[id] = Latest;
        while (log.Count > maximum)
            DropOldest();
    }

    /// <summary>Makes the cursors those of the channels. A new channel begins with the next effect.</summary>
    /// <remarks>
    /// If there was no cursor at all, the channels begin with the oldest effect in the log: an earlier release has left it, and has not
    /// delivered it.
    /// </remarks>
    /// <returns>The cursors of channels that are not there any more, and how many effects each of them did not have.</returns>
    public IReadOnlyList<(ChannelCursor Cursor, int Waiting)> Begin(IReadOnlyCollection<string> channels)
    {
        var start = cursors.Count == 0 && log.Count > 0 ? log.First().Key - 1 : Latest;
        var gone = cursors.Values.Where(cursor => !channels.Contains(cursor.Channel))
            .Select(cursor => (Cursor: cursor, Waiting: log.Keys.Count(sequence => sequence > cursor.Acknowledged)))
            .ToList();
        foreach (var (cursor, _) in gone)
        {
            cursors.Remove(cursor.Channel);
            changedCursors.Removed(cursor.Channel);
        }

        foreach (var channel in channels.Where(channel => !cursors.ContainsKey(channel)))
            Set(new ChannelCursor(channel, start));
        Trim();
        return gone;
    }

    /// <summary>A channel has got on, or has failed.</summary>
    public void Move(ChannelCursor moved)
    {
        Set(moved with { Dropped = cursors[moved.Channel].Dropped });
        Trim();
    }

    public void Save(ChangeWriter changes, bool everything)
    {
        changes.Begin(new StateKey(StateSections.Outbox, SequenceEntry, 0)).Int64(Latest);
        if (everything)
        {
            foreach (var sequence in log.Keys)
                WriteEffect(sequence);
            foreach (var channel in cursors.Keys)
                WriteCursor(channel);
        }
        else
        {
            changedEffects.Take(WriteEffect, sequence => changes.Remove(KeyOf(sequence)));
            changedCursors.Take(WriteCursor, channel => changes.Remove(KeyOf(channel)));
        }

        void WriteEffect(long sequence)
        {
            var writer = changes.Begin(KeyOf(sequence));
            writer.Byte((byte)log[sequence].Change.Transition);
            IncidentEncoding.Write(writer, log[sequence].Change.Incident);
        }

        void WriteCursor(string channel) => cursors[channel].Save(changes.Begin(KeyOf(channel)));
    }

    public void Load(StateKey key, StateReader reader)
    {
        switch (key.High)
        {
            case ChangeEntry:
                var change = new IncidentChange(IncidentEncoding.Member<IncidentTransition>(reader), IncidentEncoding.Read(reader));
                var sequence = unchecked((long)key.Low);
                log.Add(sequence, new Effect(sequence, change));
                changedEffects.Loaded(sequence);
                break;
            case SequenceEntry:
                Latest = reader.Int64();
                break;
            default:
                var cursor = ChannelCursor.Load(reader);
                cursors.Add(cursor.Channel, cursor);
                changedCursors.Loaded(cursor.Channel);
                break;
        }
    }

    public void EndLoad()
    {
        foreach (var (sequence, effect) in log)
        {
            if (effect.Change.Transition == IncidentTransition.Updated)
                updates[effect.Change.Incident.Id] = sequence;
        }
    }

    private void Set(ChannelCursor cursor)
    {
        cursors[cursor.Channel] = cursor;
        changedCursors.Changed(cursor.Channel);
    }

    /// <summary>Removes what every channel has.</summary>
    private void Trim()
    {
        var acknowledged = cursors.Count > 0 ? cursors.Values.Min(cursor => cursor.Acknowledged) : Latest;
        while (log.Count > 0 && log.First().Key is var oldest && oldest <= acknowledged)
            Remove(oldest);
    }

    private void DropOldest()
    {
        var oldest = log.First().Key;
        foreach (var cursor in cursors.Values.Where(cursor => cursor.Acknowledged < oldest).ToList())
            Set(cursor with { Dropped = cursor.Dropped + 1 });
        Remove(oldest);
    }

    private void Remove(long sequence)
    {
        if (!log.Remove(sequence, out var effect))
            return;
        changedEffects.Removed(sequence);
        if (updates.TryGetValue(effect.Change.Incident.Id, out var update) && update == sequence)
            updates.Remove(effect.Change.Incident.Id);
    }

    private static ShownEntry Upgrade(ShownEntry entry) => entry.Key.High == ChangeEntry
        ? entry with { Fields = JsonIncident.Parse(entry.Fields["change"]!.GetValue<string>(), UpgradeJson) }
        : entry;

    private static JsonObject UpgradeJson(JsonNode? change)
    {
        var fields = JsonIncident.Upgrade(change?["incident"]);
        fields["transition"] = JsonIncident.Number("transition", change?["transition"]);
        return fields;
    }

    private static StateKey KeyOf(long sequence) => new(StateSections.Outbox, ChangeEntry, unchecked((ulong)sequence));

    private static StateKey KeyOf(string channel) => new(StateSections.Outbox, CursorEntry, KeyHash.Of(channel));
}
