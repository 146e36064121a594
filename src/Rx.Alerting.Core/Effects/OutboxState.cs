using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Effects;

/// <summary>
/// The log of effects that not every channel has, and the cursors of the channels. Part of the state: an effect is committed with the views
/// that caused it.
/// </summary>
/// <param name="maximum">Effects to keep.</param>
/// <param name="keeps">False: nobody will deliver, nothing is kept.</param>
internal sealed partial class OutboxState(int maximum, bool keeps) : IOperatorState
{
    private readonly SortedDictionary<long, Effect> log = [];
    private readonly Dictionary<(string Incident, IncidentTransition? Transition), long> updates = [];
    private readonly SortedDictionary<string, ChannelCursor> cursors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> behind = new(StringComparer.Ordinal);
    private readonly ChangeLog<StateKey> changedEffects = new(keeps);
    private readonly ChangeLog<string> changedCursors = new(keeps);

    /// <summary>The sequence of the latest effect.</summary>
    public long Latest { get; private set; }

    /// <summary>The effects that some channel does not have, the oldest first.</summary>
    public IReadOnlyList<Effect> Log => [.. log.Values];

    /// <summary>How many effects there are in <see cref="Log"/>.</summary>
    public int Count => log.Count;

    public IReadOnlyCollection<ChannelCursor> Cursors => cursors.Values;

    /// <summary>How many effects a channel does not have. Asked several times a second, so it is counted as effects come and go.</summary>
    public int Behind(ChannelCursor cursor) => behind[cursor.Channel];

    public void Add(IncidentChange change)
    {
        if (!keeps)
            return;
        if (updates.TryGetValue((change.Incident.Id, change.Transition), out var before))
            Remove(before); // Whoever does not have it yet is told the newer one.
        Add(new ChangeEffect(++Latest, change));
    }

    public void Add(CommandOutcome outcome)
    {
        if (keeps)
            Add(new OutcomeEffect(++Latest, outcome));
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
            .Select(cursor => (Cursor: cursor, Waiting: Behind(cursor)))
            .ToList();
        foreach (var (cursor, _) in gone)
        {
            cursors.Remove(cursor.Channel);
            behind.Remove(cursor.Channel);
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

    private void Add(Effect effect)
    {
        log.Add(effect.Sequence, effect);
        foreach (var channel in cursors.Keys)
            behind[channel]++; // The newest effect: no channel has it.
        changedEffects.Changed(KeyOf(effect));
        if (IsUpdate(effect))
            updates[KindOf(effect)] = effect.Sequence;
        while (log.Count > maximum)
            DropOldest();
    }

    private void Set(ChannelCursor cursor)
    {
        behind[cursor.Channel] = cursors.TryGetValue(cursor.Channel, out var before) && before.Acknowledged <= cursor.Acknowledged
            ? behind[cursor.Channel] - Between(before.Acknowledged, cursor.Acknowledged)
            : CountBehind(cursor);
        cursors[cursor.Channel] = cursor;
        changedCursors.Changed(cursor.Channel);
    }

    /// <summary>How many effects of the log a channel has got. A channel passes every sequence once, so this stays cheap.</summary>
    private int Between(long before, long acknowledged)
    {
        var count = 0;
        for (var sequence = before + 1; sequence <= acknowledged; sequence++)
            count += log.ContainsKey(sequence) ? 1 : 0;
        return count;
    }

    private int CountBehind(ChannelCursor cursor) => log.Keys.Count(sequence => sequence > cursor.Acknowledged);

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
        foreach (var cursor in cursors.Values.Where(cursor => cursor.Acknowledged < sequence))
            behind[cursor.Channel]--;
        changedEffects.Removed(KeyOf(effect));
        if (IsUpdate(effect) && updates.TryGetValue(KindOf(effect), out var update) && update == sequence)
            updates.Remove(KindOf(effect));
    }

    private static bool IsUpdate(Effect effect) =>
        effect.Id.Transition is IncidentTransition.Updated or IncidentTransition.Refreshed;

    private static (string Incident, IncidentTransition? Transition) KindOf(Effect effect) => (effect.Id.Subject, effect.Id.Transition);
}
