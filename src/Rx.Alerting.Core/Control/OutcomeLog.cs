using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Control;

/// <summary>The outcomes of the latest commands, so that a command that comes again does nothing again.</summary>
/// <param name="maximum">Outcomes to keep.</param>
/// <param name="tracksChanges">Whether what changes is remembered, for saves of changes only.</param>
internal sealed class OutcomeLog(int maximum, bool tracksChanges)
{
    public const string Layout = CommandOutcome.Layout + ", fingerprint u64";

    private readonly SortedDictionary<long, RememberedCommand> bySequence = [];
    private readonly Dictionary<string, RememberedCommand> byId = new(StringComparer.Ordinal);
    private readonly ChangeLog<long> log = new(tracksChanges);

    /// <summary>The number of the latest command.</summary>
    public long Latest { get; private set; }

    /// <summary>The number of the oldest command that is remembered. Older ones have been executed, too.</summary>
    public long Oldest => bySequence.Count > 0 ? bySequence.Keys.First() : Latest + 1;

    /// <summary>Null: no command has come with the id, or long ago.</summary>
    public RememberedCommand? Find(string commandId) => byId.GetValueOrDefault(commandId);

    /// <returns>The command's place in the order of all commands.</returns>
    public long Add(CommandOutcome outcome, ulong fingerprint)
    {
        Put(new(++Latest, outcome, fingerprint));
        log.Changed(Latest);
        while (bySequence.Count > maximum)
        {
            var (oldest, gone) = bySequence.First();
            bySequence.Remove(oldest);
            byId.Remove(gone.Outcome.CommandId);
            log.Removed(oldest);
        }

        return Latest;
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
        Put(new(sequence, CommandOutcome.Load(reader), reader.UInt64()));
        Latest = Math.Max(Latest, sequence);
        log.Loaded(sequence);
    }

    private void Put(RememberedCommand remembered)
    {
        bySequence.Add(remembered.Place, remembered);
        byId[remembered.Outcome.CommandId] = remembered;
    }
}

/// <summary>A command that has been executed.</summary>
/// <param name="Place">Its place in the order of all commands.</param>
/// <param name="Outcome">What has become of it.</param>
/// <param name="Fingerprint">What it has asked for.</param>
internal sealed record RememberedCommand(long Place, CommandOutcome Outcome, ulong Fingerprint)
{
    /// <summary>Whether a command with the same id asks for the same.</summary>
    public bool IsOf(ulong fingerprint) => Fingerprint == fingerprint || Fingerprint == CommandFingerprint.Unknown;
}
