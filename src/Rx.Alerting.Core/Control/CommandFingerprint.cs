using System.Globalization;
using System.Text;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Control;

/// <summary>
/// Tells whether two commands with one id ask for the same. Who asks, and what is said about it, does not matter. The result is kept in
/// checkpoints, so it must never change.
/// </summary>
internal static class CommandFingerprint
{
    /// <summary>Of a command that an earlier release has remembered without its fingerprint.</summary>
    public const ulong Unknown = 0;

    public static ulong Of(ControlCommand command)
    {
        var text = new StringBuilder();
        foreach (var part in Parts(command))
            text.Append(CultureInfo.InvariantCulture, $"{part?.Length ?? -1}:{part};");
        return Math.Max(1, ContentHash.Of(text.ToString()));
    }

    private static IEnumerable<string?> Parts(ControlCommand command) => command switch
    {
        AcknowledgeCommand acknowledge => ["acknowledge", acknowledge.IncidentId],
        CloseCommand close => ["close", close.IncidentId],
        SilenceCommand silence =>
            ["silence", .. Parts(silence.Matcher), Text(silence.StartsAt), Text(silence.EndsAt), Text(silence.Duration)],
        MaintenanceCommand maintenance =>
        [
            "maintenance", .. Parts(maintenance.Matcher), maintenance.Cron, maintenance.TimeZone, Text(maintenance.Duration),
            Text(maintenance.Until),
        ],
        ExpireSilenceCommand expire => ["unsilence", expire.SilenceId],
        EndMaintenanceCommand end => ["end-maintenance", end.MaintenanceId],
        SetOptionsCommand set =>
        [
            "set-options",
            .. (set.Options ?? []).OrderBy(option => option.Key, StringComparer.OrdinalIgnoreCase)
                .SelectMany(option => new[] { option.Key?.ToUpperInvariant(), option.Value }),
        ],
        ForgetCommand forget => ["forget", forget.Property, forget.Title, forget.ErrorType],
        PauseCommand => ["pause"],
        ResumeCommand => ["resume"],
        ClaimIdCommand claim => [claim.Type, .. claim.Arguments],
        _ => [command.GetType().Name],
    };

    private static IEnumerable<string?> Parts(IncidentMatcher? matcher) => [matcher?.Property, matcher?.Title, matcher?.ErrorType];

    private static string? Text(DateTimeOffset? time) => time?.UtcTicks.ToString(CultureInfo.InvariantCulture);

    private static string? Text(TimeSpan? span) => span?.Ticks.ToString(CultureInfo.InvariantCulture);
}
