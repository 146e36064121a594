using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Control;

/// <summary>The outcomes of the latest commands, so that a command that comes again does nothing again.</summary>
/// <param name="maximum">Outcomes to keep.</param>
/// <param name="tracksChanges">Whether what changes is remembered, for saves of changes only.</param>
internal sealed class OutcomeLog(int maximum, bool tracksChanges)
{
    private readonly SortedDictionary<long, CommandOutcome> bySequence = [];
    private readonly Dictionary<string, CommandOutcome> byId = new(StringComparer.Ordinal);
    private readonly ChangeLog<long> log = new(tracksChanges);

    /// <summary>The number of the latest command.</summary>
    public long Latest { get; private set; }

    /// <summary>Null: the command has not come yet, or long ago.</summary>
    public CommandOutcome? Find(string commandId) => byId.GetValueOrDefault(commandId);

    public void Add(CommandOutcome outcome)
    {
        Put(++Latest, outcome);
        log.Changed(Latest);
        while (bySequence.Count > maximum)
        {
            var (oldest, gone) = bySequence.First();
            bySequence.Remove(oldest);
            byId.Remove(gone.CommandId);
            log.Removed(oldest);
        }
    }

    public void Save(ChangeWriter changes, Func<long, StateKey> keyOf, bool everything)
    {
        if (everything)
        {
            foreach (var sequence in bySequence.Keys)
                Write(sequence);
        }
        else
        {
            log.Take(Write, sequence => changes.Remove(keyOf(sequence)));
        }

        void Write(long sequence) => bySequence[sequence].Save(changes.Begin(keyOf(sequence)));
    }

    public void Load(long sequence, StateReader reader)
    {
        Put(sequence, CommandOutcome.Load(reader));
        Latest = Math.Max(Latest, sequence);
        log.Loaded(sequence);
    }

    private void Put(long sequence, CommandOutcome outcome)
    {
        bySequence.Add(sequence, outcome);
        byId[outcome.CommandId] = outcome;
    }
}
