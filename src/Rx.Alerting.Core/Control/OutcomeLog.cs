using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Control;

/// <summary>The outcomes of the latest commands, so that a command that comes again does nothing again.</summary>
/// <param name="maximum">Outcomes to keep.</param>
/// <param name="tracksChanges">Whether what changes is remembered, for saves of changes only.</param>
internal sealed class OutcomeLog(int maximum, bool tracksChanges)
{
    public const string Layout = CommandOutcome.Layout + ", fingerprint u64";

    private readonly SortedDictionary<long, Remembered> bySequence = [];
    private readonly Dictionary<string, Remembered> byId = new(StringComparer.Ordinal);
    private readonly ChangeLog<long> log = new(tracksChanges);

    /// <summary>The number of the latest command.</summary>
    public long Latest { get; private set; }

    /// <summary>Null: no command has come with the id, or long ago.</summary>
    /// <param name="commandId">The id.</param>
    /// <param name="fingerprint">What the command with the id that comes now asks for.</param>
    /// <param name="isSame">Whether the command with the id that has come before has asked for the same.</param>
    public CommandOutcome? Find(string commandId, ulong fingerprint, out bool isSame)
    {
        var known = byId.GetValueOrDefault(commandId);
        isSame = known.Fingerprint == fingerprint || known.Fingerprint == CommandFingerprint.Unknown;
        return known.Outcome;
    }

    public void Add(CommandOutcome outcome, ulong fingerprint)
    {
        Put(++Latest, new(outcome, fingerprint));
        log.Changed(Latest);
        while (bySequence.Count > maximum)
        {
            var (oldest, gone) = bySequence.First();
            bySequence.Remove(oldest);
            byId.Remove(gone.Outcome.CommandId);
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

        void Write(long sequence)
        {
            var writer = changes.Begin(keyOf(sequence));
            bySequence[sequence].Outcome.Save(writer);
            writer.UInt64(bySequence[sequence].Fingerprint);
        }
    }

    public void Load(long sequence, StateReader reader)
    {
        Put(sequence, new(CommandOutcome.Load(reader), reader.UInt64()));
        Latest = Math.Max(Latest, sequence);
        log.Loaded(sequence);
    }

    private void Put(long sequence, Remembered remembered)
    {
        bySequence.Add(sequence, remembered);
        byId[remembered.Outcome.CommandId] = remembered;
    }

    private readonly record struct Remembered(CommandOutcome Outcome, ulong Fingerprint);
}
