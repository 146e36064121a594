using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Effects;

/// <content>What of it is in a checkpoint.</content>
internal sealed partial class OutboxState
{
    public static StateLayout Layout => OutboxLayout.Current;

    StateLayout IOperatorState.Layout => Layout;

    public void Save(ChangeWriter changes, bool everything)
    {
        changes.Begin(new StateKey(StateSections.Outbox, OutboxLayout.SequenceEntry, 0)).Int64(Latest);
        if (everything)
        {
            foreach (var effect in log.Values)
                WriteEffect(KeyOf(effect));
            foreach (var channel in cursors.Keys)
                WriteCursor(channel);
        }
        else
        {
            changedEffects.Take(WriteEffect, changes.Remove);
            changedCursors.Take(WriteCursor, channel => changes.Remove(KeyOf(channel)));
        }

        void WriteEffect(StateKey key)
        {
            var writer = changes.Begin(key);
            switch (log[unchecked((long)key.Low)])
            {
                case ChangeEffect { Change: var change }:
                    writer.Byte((byte)change.Transition);
                    IncidentEncoding.Write(writer, change.Incident);
                    break;
                case OutcomeEffect { Outcome: var outcome }:
                    outcome.Save(writer);
                    break;
            }
        }

        void WriteCursor(string channel) => cursors[channel].Save(changes.Begin(KeyOf(channel)));
    }

    public void Load(StateKey key, StateReader reader)
    {
        var sequence = unchecked((long)key.Low);
        switch (key.High)
        {
            case OutboxLayout.ChangeEntry:
                var change = new IncidentChange(IncidentEncoding.Member<IncidentTransition>(reader), IncidentEncoding.Read(reader));
                log.Add(sequence, new ChangeEffect(sequence, change));
                changedEffects.Loaded(key);
                break;
            case OutboxLayout.OutcomeEntry:
                log.Add(sequence, new OutcomeEffect(sequence, CommandOutcome.Load(reader)));
                changedEffects.Loaded(key);
                break;
            case OutboxLayout.SequenceEntry:
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
        foreach (var effect in log.Values.Where(IsUpdate))
            updates[KindOf(effect)] = effect.Sequence;
        foreach (var cursor in cursors.Values)
            behind[cursor.Channel] = CountBehind(cursor);
    }

    private static StateKey KeyOf(Effect effect) => new(
        StateSections.Outbox,
        effect is OutcomeEffect ? OutboxLayout.OutcomeEntry : OutboxLayout.ChangeEntry,
        unchecked((ulong)effect.Sequence));

    private static StateKey KeyOf(string channel) => new(StateSections.Outbox, OutboxLayout.CursorEntry, ContentHash.Of(channel));
}
