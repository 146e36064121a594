using System.Diagnostics.CodeAnalysis;
using Rx.Alerting.Core.EventTime;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Control;

/// <summary>Where people's decisions take effect, and meet the changes of incidents.</summary>
/// <param name="state">What people have decided so far.</param>
/// <param name="scheduler">Event time.</param>
/// <param name="options">Bounds.</param>
/// <param name="clock">Begins and ends silences.</param>
/// <param name="teller">Tells changes of incidents.</param>
/// <param name="closings">Is given the ids of incidents that people close. Must answer at once, with the incident's change.</param>
/// <param name="outcomes">Is told of every outcome once.</param>
/// <param name="operation">Executes commands about the pipeline itself.</param>
internal sealed class ControlDesk(
    ControlState state,
    EventTimeScheduler scheduler,
    ControlOptions options,
    SilenceClock clock,
    IncidentTeller teller,
    IObserver<string> closings,
    IObserver<CommandOutcome> outcomes,
    OperationDesk operation)
{
    private CloseCommand? closing;

    /// <summary>The first moment that is not decided yet, in event time (ms). Null: before the first view.</summary>
    private long? Now => scheduler.HasTime ? scheduler.Clock + 1 : null;

    private DateTimeOffset? At => Now is { } now ? Time(now) : null;

    /// <summary>Takes what the incident stage has decided.</summary>
    public void Take(IncidentChange change)
    {
        clock.RunDue();
        var isAsked = closing?.IncidentId == change.Incident.Id && change.Incident.Reason == IncidentReason.ClosedByHand;
        teller.Pass(change, isAsked ? closing!.By : null, isAsked ? closing!.Note : null);
    }

    public void Execute(CommandRequest request)
    {
        var command = request.Command;
        var isKnown = CommandFaults.IsId(command.Id);
        var fingerprint = CommandFingerprint.Of(command);
        if (isKnown && state.Outcomes.Find(command.Id) is { } first)
        {
            var isSame = first.IsOf(fingerprint);
            request.Outcome = isSame ? first.Outcome : AnotherCommand(command);
            request.Place = isSame ? first.Place : null;
            return;
        }

        clock.RunDue();
        var (status, reason) = WhyNot(command) is { Length: > 0 } why ? Refused(why) : Apply(command);
        request.Outcome = new CommandOutcome(command.Id ?? string.Empty, command.By ?? string.Empty, status, reason, At);
        if (!isKnown)
            return; // Without an id, nobody can be told, and nothing can be remembered.
        request.Place = state.Outcomes.Add(request.Outcome, fingerprint);
        if (command is not ClaimIdCommand) // Its outcome comes later, beside the stream.
            outcomes.OnNext(request.Outcome);
    }

    /// <summary>Every reason for which the command cannot be applied; empty if there is none.</summary>
    private string WhyNot(ControlCommand command)
    {
        var faults = CommandFaults.Of(command, options);
        return faults.Count > 0 ? string.Join("; ", faults) : string.Join("; ", UntimelyCommands.Reasons(command, options, Now));
    }

    /// <summary>
    /// The first command with the id stays the one that is remembered. Nobody else is told of this one; and who has sent the first is not
    /// for everybody to know.
    /// </summary>
    private CommandOutcome AnotherCommand(ControlCommand command)
    {
        var reason = $"id {command.Id} was used for another command; choose a new one";
        return new(command.Id, command.By ?? string.Empty, CommandStatus.Refused, reason, At);
    }

    private (CommandStatus Status, string? Reason) Apply(ControlCommand command) => command switch
    {
        AcknowledgeCommand acknowledge => Acknowledge(acknowledge),
        CloseCommand close => Close(close),
        SilenceCommand silence => Add(Silence(silence)),
        MaintenanceCommand maintenance => Add(Maintenance(maintenance)),
        ExpireSilenceCommand expire => Remove(expire.SilenceId, recurs: false, expire.By, expire.Note),
        ClaimIdCommand => Done,
        EndMaintenanceCommand end => Remove(end.MaintenanceId, recurs: true, end.By, end.Note),
        _ => operation.Execute(command, At) ?? throw new ArgumentOutOfRangeException(nameof(command), command, "is no command"),
    };

    private (CommandStatus Status, string? Reason) Acknowledge(AcknowledgeCommand command)
    {
        if (!TryFindOpen(command.IncidentId, out var tracked, out var refused))
            return refused;
        if (tracked.Told.Acknowledgement is { } earlier)
            return (CommandStatus.AlreadySo, $"{earlier.By} has acknowledged incident {command.IncidentId} at {earlier.At:u}");
        var now = Now is { } time ? Time(time) : tracked.Told.UpdatedAt;
        var acknowledgement = new Acknowledgement(command.By, now, command.Note);
        teller.Update(
            tracked, now.ToUnixTimeMilliseconds(), IncidentReason.Acknowledged, command.By, command.Note, acknowledgement);
        return Done;
    }

    private (CommandStatus Status, string? Reason) Close(CloseCommand command)
    {
        if (!TryFindOpen(command.IncidentId, out var tracked, out var refused))
            return refused;
        closing = command;
        closings.OnNext(command.IncidentId);
        closing = null;
        return tracked.IsOpen ? Refused($"incident {command.IncidentId} cannot be closed by hand") : Done;
    }

    private (CommandStatus Status, string? Reason) Add(Silence silence)
    {
        if (state.Silences.TryFind(silence.Id, out _))
            return (CommandStatus.AlreadySo, $"there is a silence {silence.Id}");
        if (UntimelyCommands.TooMany(state.Silences.Count, options) is { } tooMany)
            return Refused(tooMany);
        clock.Add(silence, Now ?? long.MinValue);
        return Done;
    }

    private Silence Silence(SilenceCommand command)
    {
        var asked = command.StartsAt?.ToUnixTimeMilliseconds() ?? Now!.Value;
        var end = command.EndsAt?.ToUnixTimeMilliseconds() ?? asked + (long)command.Duration!.Value.TotalMilliseconds;
        return new(state.Outcomes.Latest + 1, command.Id, command.By, command.Comment, command.Matcher, null)
        {
            StartsAt = Math.Max(asked, Now ?? asked),
            EndsAt = end,
        };
    }

    private Silence Maintenance(MaintenanceCommand command)
    {
        var recurrence = Recurrence.Of(command);
        var start = recurrence.AtOrAfter(Now!.Value)!.Value;
        return new(state.Outcomes.Latest + 1, command.Id, command.By, command.Comment, command.Matcher, recurrence)
        {
            StartsAt = start,
            EndsAt = start + recurrence.Duration,
        };
    }

    private (CommandStatus Status, string? Reason) Remove(string id, bool recurs, string by, string? note)
    {
        if (!state.Silences.TryFind(id, out var silence) || silence.Recurs != recurs)
            return Refused(recurs ? $"there are no maintenance windows {id}" : $"there is no silence {id}; it may have ended");
        clock.Remove(silence, Now ?? long.MinValue, by, note);
        return Done;
    }

    private bool TryFindOpen(
        string id,
        [NotNullWhen(true)] out TrackedIncident? tracked,
        out (CommandStatus Status, string? Reason) refused)
    {
        tracked = state.Incidents.Find(id);
        refused = tracked is null ? Refused($"there is no open incident {id}")
            : tracked.IsOpen ? default
            : Refused($"incident {id} has ended at {tracked.Told.ResolvedAt:u}");
        if (tracked is { IsOpen: false })
            tracked = null;
        return tracked is not null;
    }

    private static (CommandStatus Status, string? Reason) Done => (CommandStatus.Done, null);

    private static (CommandStatus Status, string? Reason) Refused(string reason) => (CommandStatus.Refused, reason);

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
