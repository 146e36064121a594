using Cronos;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Core.Control;

/// <summary>What is wrong with a command by itself, whatever the incidents and the event time are.</summary>
/// <remarks>Senders are told before the command enters the stream. The stream looks again, and refuses it.</remarks>
public sealed class CommandFaults
{
    private const int LongestName = 500;
    private const int LongestText = 2000;

    /// <summary>Event time is counted in milliseconds.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    private static readonly TimeSpan ShortestWindow = TimeSpan.FromMinutes(1);

    private readonly List<CommandFault> faults = [];
    private readonly ControlOptions? options;

    private CommandFaults(ControlOptions? options) => this.options = options;

    /// <summary>Whether outcomes can be kept by an id.</summary>
    internal static bool IsId(string? id) => id is { Length: > 0 and <= LongestName };

    /// <summary>Every fault; empty if there is none.</summary>
    /// <param name="command">Whatever somebody has sent.</param>
    /// <param name="options">
    /// Bounds. Null: the command is for a service elsewhere, which has its own bounds and time zones. They are not looked at.
    /// </param>
    public static IReadOnlyList<CommandFault> Of(ControlCommand command, ControlOptions? options)
    {
        var check = new CommandFaults(options);
        check.Name("id", command.Id);
        check.Name("by", command.By);
        switch (command)
        {
            case AcknowledgeCommand acknowledge:
                check.About("incident_id", acknowledge.IncidentId, acknowledge.Note);
                break;
            case CloseCommand close:
                check.About("incident_id", close.IncidentId, close.Note);
                break;
            case ExpireSilenceCommand expire:
                check.About("silence_id", expire.SilenceId, expire.Note);
                break;
            case EndMaintenanceCommand end:
                check.About("maintenance_id", end.MaintenanceId, end.Note);
                break;
            case SilenceCommand silence:
                check.Beneath(silence.Matcher, silence.Comment);
                check.Times(silence);
                break;
            case MaintenanceCommand maintenance:
                check.Beneath(maintenance.Matcher, maintenance.Comment);
                check.Windows(maintenance);
                break;
            case SetOptionsCommand set:
                check.Text("comment", set.Comment);
                check.Expect(set.Options?.All(option => option.Key is not null) == true, "options", "must be given, each with its key");
                break;
            case ForgetCommand forget:
                check.Name("property", forget.Property);
                check.OptionalName("title", forget.Title);
                check.OptionalName("error_type", forget.ErrorType);
                check.Text("comment", forget.Comment);
                break;
            case PauseCommand pause:
                check.Text("comment", pause.Comment);
                break;
            case ResumeCommand resume:
                check.Text("comment", resume.Comment);
                break;
            case ClaimIdCommand claim:
                check.Name("type", claim.Type);
                break;
            default:
                check.faults.Add(new("type", $"is {command.GetType().Name}, which is no command that is known"));
                break;
        }

        return check.faults;
    }

    private void Expect(bool isSo, string member, string problem, params string[] others)
    {
        if (!isSo)
            faults.Add(new(member, problem) { Others = others });
    }

    private void Name(string member, string? text) => Expect(IsId(text), member, $"must have 1 to {LongestName} characters");

    private void OptionalName(string member, string? text)
    {
        if (text is not null)
            Name(member, text);
    }

    private void Text(string member, string? text) =>
        Expect(text is null or { Length: <= LongestText }, member, $"must have at most {LongestText} characters");

    private void About(string member, string? id, string? note)
    {
        Name(member, id);
        Text("note", note);
    }

    private void Beneath(IncidentMatcher? matcher, string? comment)
    {
        Expect(
            matcher?.HasParts == true, "property", "or title or error_type must be given, where * is any", "title", "error_type");
        OptionalName("property", matcher?.Property);
        OptionalName("title", matcher?.Title);
        OptionalName("error_type", matcher?.ErrorType);
        Expect(
            comment?.Length <= LongestText && !string.IsNullOrWhiteSpace(comment), "comment", $"must have 1 to {LongestText} characters");
    }

    private void Times(SilenceCommand silence)
    {
        Expect(silence.EndsAt is null != silence.Duration is null, "duration", "or ends_at must be given, and not both", "ends_at");
        var longest = options is null ? string.Empty : $", and not longer than {Duration.Format(options.LongestSilence)}";
        Expect(
            !(silence.Duration < Shortest || silence.Duration > options?.LongestSilence),
            "duration",
            $"must be longer than 0s{longest}");
        Expect(!(silence.EndsAt - silence.StartsAt < Shortest), "ends_at", "must be after starts_at", "starts_at");
    }

    private void Windows(MaintenanceCommand maintenance)
    {
        if (!CronExpression.TryParse(maintenance.Cron ?? string.Empty, out var cron))
            faults.Add(new("cron", "must be minute, hour, day of month, month and day of week, such as 0 3 * * SUN"));
        else
            Expect(cron.GetNextOccurrence(DateTime.UnixEpoch) is not null, "cron", "must name a day that comes, and not as 30 February");
        Expect(
            options is null || TimeZones.Find(maintenance.TimeZone) is not null,
            "time_zone",
            "must be a time zone that this machine knows, such as Europe/Berlin");
        var shortest = Duration.Format(ShortestWindow);
        Expect(
            maintenance.Duration >= ShortestWindow && !(maintenance.Duration > options?.LongestSilence),
            "duration",
            options is null ? $"must be at least {shortest}" : $"must be from {shortest} to {Duration.Format(options.LongestSilence)}");
    }
}
