using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Service.Api;
using Rx.Alerting.Service.Control;

namespace Rx.Alerting.Service.Access;

/// <summary>Who may send which command over HTTP.</summary>
internal static class CommandAccess
{
    private static readonly char[] Patterns = ['*', '?'];

    /// <summary>Commands that a role below <see cref="AccessRole.Admin"/> may send. All others need that.</summary>
    private static readonly Dictionary<string, AccessRole> Roles = new(StringComparer.Ordinal)
    {
        ["status"] = AccessRole.Reader,
        ["acknowledge"] = AccessRole.Operator,
        ["close"] = AccessRole.Operator,
        ["silence"] = AccessRole.Operator,
        ["unsilence"] = AccessRole.Operator,
        ["maintenance"] = AccessRole.Operator,
        ["end-maintenance"] = AccessRole.Operator,
        ["retry-notifications"] = AccessRole.Operator,
        ["checkpoint"] = AccessRole.Operator,
    };

    public static AccessRole RoleOf(string type) => Roles.GetValueOrDefault(type, AccessRole.Admin);

    /// <summary>The refusal of a command. Null: the caller may send it.</summary>
    public static IResult? Refuse(HttpContext context, ControlRequest command, BoardMirror board)
    {
        var (caller, needed) = (context.Caller(), RoleOf(command.Type));
        if (caller.Role < needed)
            return Refusal.Of(context, needed);
        return caller.Scope.IsAll ? null : RefuseScoped(command, caller, board);
    }

    private static IResult? RefuseScoped(ControlRequest command, Caller caller, BoardMirror board)
    {
        var (incident, property) = About(command.Action);
        if (incident is not null)
        {
            return new VisibleIncidents(board, caller.Scope).Find(incident) is null
                ? Problem.Of(ProblemKind.NoSuchIncident, $"There is no incident {incident}, or not any more.")
                : null;
        }

        if (property is not null)
        {
            // A name with a star in it would be a pattern that fits others, too.
            return caller.Scope.Has(property) && property.IndexOfAny(Patterns) < 0
                ? null
                : Problem.Of(
                    ProblemKind.OutOfScope, $"There is no property “{property}”. A pattern needs a caller who sees all.");
        }

        return Problem.Of(
            ProblemKind.Forbidden,
            $"{command.Type} is about more than the properties of “{caller.Name}”: name one, where the command has a property.");
    }

    /// <summary>The one incident, or the one property, that a command is about. Neither: it is about anything.</summary>
    private static (string? Incident, string? Property) About(ControlAction action) => action switch
    {
        StreamAction { Command: AcknowledgeCommand command } => (command.IncidentId, null),
        StreamAction { Command: CloseCommand command } => (command.IncidentId, null),
        StreamAction { Command: SilenceCommand command } => (null, command.Matcher.Property),
        StreamAction { Command: MaintenanceCommand command } => (null, command.Matcher.Property),
        StreamAction { Command: ForgetCommand command } => (null, command.Property),
        DumpAction { Request: { All: false } dump } => (null, dump.Filter.Property),
        _ => default,
    };
}
