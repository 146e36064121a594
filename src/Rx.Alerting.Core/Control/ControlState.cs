using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Control;

/// <summary>
/// What people have decided: silences, outcomes of commands, what was told of the incidents that they decide about, and the operation of
/// the pipeline.
/// </summary>
/// <param name="options">Bounds.</param>
/// <param name="keepEnded">How long an incident that has ended may open again, in event time.</param>
/// <param name="tracksChanges">Whether what changes is remembered, for saves of changes only.</param>
internal sealed class ControlState(ControlOptions options, TimeSpan keepEnded, bool tracksChanges = false) : IOperatorState
{
    /// <summary>The kinds of entries.</summary>
    public const ulong OutcomeEntry = 0, SilenceEntry = 1, IncidentEntry = 2;

    public static StateLayout Layout { get; } = new(4,
        $"commands/{OutcomeEntry}: {OutcomeLog.Layout}",
        $"commands/{SilenceEntry}: {Silence.Layout}",
        $"commands/{IncidentEntry}: {IncidentEncoding.Layout}",
        $"commands/{OperationState.OptionsEntry}: {OperationState.OptionsLayout}",
        $"commands/{OperationState.PauseEntry}: {Pause.Layout}")
    {
        Upgrades =
        [
            new(ControlVersion1.Layout, entries => entries.Select(ControlVersion1.Upgrade)),
            new(ControlVersion2.Layout, entries => entries.Select(ControlVersion2.Upgrade)),
            new(ControlVersion3.Layout, entries => entries.Select(ControlVersion3.Upgrade)),
        ],
    };

    StateLayout IOperatorState.Layout => Layout;

    public OutcomeLog Outcomes { get; } = new(options.RememberedCommands, tracksChanges);

    public Silences Silences { get; } = new((long)options.EndsSoon.TotalMilliseconds, tracksChanges);

    public TrackedIncidents Incidents { get; } = new((long)keepEnded.TotalMilliseconds, tracksChanges);

    public OperationState Operation { get; } = new(tracksChanges);

    /// <summary>Takes over open incidents that an earlier release has left, which kept no trails.</summary>
    public void Adopt(IEnumerable<Incident> incidents)
    {
        foreach (var incident in incidents.Where(incident => incident.Status == IncidentStatus.Open))
        {
            if (Incidents.Find(incident.Id) is null)
                Incidents.Put(new TrackedIncident(incident), incident);
        }
    }

    public void Save(ChangeWriter changes, bool everything)
    {
        Outcomes.Save(changes, sequence => KeyOf(OutcomeEntry, unchecked((ulong)sequence)), everything);
        Silences.Save(changes, silence => KeyOf(SilenceEntry, unchecked((ulong)silence.Sequence)), everything);
        Incidents.Save(changes, hash => KeyOf(IncidentEntry, hash), everything);
        Operation.Save(changes, kind => KeyOf(kind, 0), everything);
    }

    public void Load(StateKey key, StateReader reader)
    {
        var sequence = unchecked((long)key.Low);
        switch (key.High)
        {
            case OutcomeEntry:
                Outcomes.Load(sequence, reader);
                break;
            case SilenceEntry:
                Silences.Load(Silence.Load(sequence, reader));
                break;
            case OperationState.OptionsEntry:
                Operation.LoadOptions(reader);
                break;
            case OperationState.PauseEntry:
                Operation.LoadPause(reader);
                break;
            default:
                Incidents.Load(reader);
                break;
        }
    }

    public void EndLoad()
    {
        foreach (var tracked in Incidents.All.Where(tracked => tracked.IsOpen))
            tracked.PutBeneath(tracked.Told.SilencedBy.Select(FindSilence));
    }

    private Silence FindSilence(string id) => Silences.TryFind(id, out var silence)
        ? silence
        : throw new CheckpointFormatException("The checkpoint is damaged: an incident is beneath a silence that is not there.");

    private static StateKey KeyOf(ulong kind, ulong low) => new(StateSections.Commands, kind, low);
}
