using Cronos;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Core.Control;

/// <summary>What is wrong with a command by itself, whatever the incidents are.</summary>
internal sealed class CommandFaults
{
    private const int LongestName = 500;
    private const int LongestText = 2000;

    private readonly List<string> faults = [];
    private readonly ControlOptions options;

    private CommandFaults(ControlOptions options) => this.options = options;

    /// <summary>Whether outcomes can be kept by an id.</summary>
    public static bool IsId(string? id) => id is { Length: > 0 and <= LongestName };

    /// <summary>Every fault; empty if there is none. Each is a clause that begins with the part of the command.</summary>
    /// <param name="command">Whatever somebody has sent.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="now">Event time (ms). Null: before the first view.</param>
    public static IReadOnlyList<string> Of(ControlCommand command, ControlOptions options, long? now)
    {
        var check = new CommandFaults(options);
        check.Name("Id", command.Id);
        check.Name("By", command.By);
        switch (command)
        {
            case AcknowledgeCommand acknowledge:
                check.About("IncidentId", acknowledge.IncidentId, acknowledge.Note);
                break;
            case CloseCommand close:
                check.About("IncidentId", close.IncidentId, close.Note);
                break;
            case ExpireSilenceCommand expire:
                check.About("SilenceId", expire.SilenceId, expire.Note);
                break;
            case EndMaintenanceCommand end:
                check.About("MaintenanceId", end.MaintenanceId, end.Note);
                break;
            case SilenceCommand silence:
                check.Beneath(silence.Matcher, silence.Comment);
                check.Times(silence, now);
                break;
            case MaintenanceCommand maintenance:
                check.Beneath(maintenance.Matcher, maintenance.Comment);
                check.Windows(maintenance, now);
                break;
            case SetOptionsCommand set:
                check.Said(set.Comment);
                check.Expect(set.Options?.All(option => option.Key is not null) == true, "Options must be given, each with its key");
                break;
            case ForgetCommand forget:
                check.Name("Property", forget.Property);
                check.Expect(forget.Title is null || IsId(forget.Title), $"Title must have 1 to {LongestName} characters");
                check.Expect(forget.ErrorType is null || IsId(forget.ErrorType), $"ErrorType must have 1 to {LongestName} characters");
                check.Said(forget.Comment);
                break;
            case PauseCommand pause:
                check.Said(pause.Comment);
                break;
            case ResumeCommand resume:
                check.Said(resume.Comment);
                break;
            case ClaimIdCommand claim:
                check.Name("Type", claim.Type);
                break;
            default:
                check.faults.Add($"{command.GetType().Name} is no command that is known");
                break;
        }

        return check.faults;
    }

    private void Expect(bool isSo, string fault)
    {
        if (!isSo)
            faults.Add(fault);
    }

    private void Name(string part, string? text) => Expect(IsId(text), $"{part} must have 1 to {LongestName} characters");

    private void About(string part, string? id, string? note)
    {
        Name(part, id);
        Expect(note is null or { Length: <= LongestText }, $"Note must have at most {LongestText} characters");
    }

    private void Said(string? comment) =>
        Expect(comment is null or { Length: <= LongestText }, $"Comment must have at most {LongestText} characters");

    private void Beneath(IncidentMatcher? matcher, string? comment)
    {
        Expect(matcher?.HasParts == true, "Matcher must have a property, a title or an error type, where * is any");
        Part("Property", matcher?.Property);
        Part("Title", matcher?.Title);
        Part("ErrorType", matcher?.ErrorType);
        Expect(
            comment?.Length <= LongestText && !string.IsNullOrWhiteSpace(comment), $"Comment must have 1 to {LongestText} characters");
    }

    private void Part(string name, string? text) =>
        Expect(text is null || IsId(text), $"Matcher.{name} must have 1 to {LongestName} characters");

    private void Times(SilenceCommand silence, long? now)
    {
        var (longest, words) = ((long)options.LongestSilence.TotalMilliseconds, Duration.Format(options.LongestSilence));
        var (asked, end) = (silence.StartsAt?.ToUnixTimeMilliseconds(), silence.EndsAt?.ToUnixTimeMilliseconds());
        var start = asked > now || now is null ? asked : now;
        var duration = (long?)silence.Duration?.TotalMilliseconds;
        Expect(end is null != duration is null, "either EndsAt or Duration must be given");
        Expect(start is not null, "StartsAt must be given before the first view, because there is no event time yet");
        Expect(!(asked - now > longest), $"StartsAt must be within {words} of the event time of the stream");
        Expect(!(duration <= 0 || duration > longest), $"Duration must be longer than 0s, and not longer than {words}");
        Expect(!(end - start > longest), $"EndsAt must be within {words} of the start");
        Expect(
            !((end ?? (asked ?? now) + duration) <= start), "the silence must end after its start, and after the event time of the stream");
    }

    private void Windows(MaintenanceCommand maintenance, long? now)
    {
        var isCron = CronExpression.TryParse(maintenance.Cron ?? string.Empty, out _);
        var isZone = TimeZones.Find(maintenance.TimeZone) is not null;
        var (shortest, longest) = (TimeSpan.FromMinutes(1), options.LongestSilence);
        Expect(isCron, "Cron must be minute, hour, day of month, month and day of week, such as 0 3 * * SUN");
        Expect(isZone, "TimeZone must be a time zone that this machine knows, such as Europe/Berlin");
        Expect(
            maintenance.Duration >= shortest && maintenance.Duration <= longest,
            $"Duration must be from {Duration.Format(shortest)} to {Duration.Format(longest)}");
        Expect(now is not null, "maintenance windows cannot be given before the first view, because there is no event time");
        if (faults.Count == 0 && Recurrence.Of(maintenance).AtOrAfter(now!.Value) is null)
            faults.Add("there is no window to come");
    }
}
