using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Core.Control;

/// <summary>Why a stream refuses a command for a silence that has no fault by itself: its times, or too many silences.</summary>
public static class UntimelyCommands
{
    /// <summary>Every reason, as a clause; empty if there is none.</summary>
    /// <param name="command">Without <see cref="CommandFaults"/>.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="now">The event time of the stream (ms). Null: before the first view.</param>
    public static IReadOnlyList<string> Reasons(ControlCommand command, ControlOptions options, long? now) => command switch
    {
        SilenceCommand silence => [.. Reasons(silence, options, now)],
        MaintenanceCommand maintenance => [.. Reasons(maintenance, now)],
        _ => [],
    };

    /// <summary>Why there cannot be one more. Null: there can.</summary>
    /// <param name="count">Silences and maintenance windows that there are.</param>
    /// <param name="options">Bounds.</param>
    public static string? TooMany(int count, ControlOptions options) => count < options.MaximumSilences
        ? null : $"there are {count} silences, the most that Control:MaximumSilences allows";

    private static IEnumerable<string> Reasons(SilenceCommand silence, ControlOptions options, long? now)
    {
        var (longest, words) = ((long)options.LongestSilence.TotalMilliseconds, Duration.Format(options.LongestSilence));
        var (asked, end) = (silence.StartsAt?.ToUnixTimeMilliseconds(), silence.EndsAt?.ToUnixTimeMilliseconds());
        var start = asked > now || now is null ? asked : now;
        if (start is null)
            yield return "starts_at must be given before the first view, because there is no event time yet";
        if (asked - now > longest)
            yield return $"starts_at must be within {words} of the event time of the stream";
        if (end - start > longest)
            yield return $"ends_at must be within {words} of the start";
        if (end <= now)
            yield return "ends_at must be after the event time of the stream";
        if (asked + (long?)silence.Duration?.TotalMilliseconds <= now)
            yield return "starts_at must be later, or the silence longer: it would end before the event time of the stream";
    }

    private static IEnumerable<string> Reasons(MaintenanceCommand maintenance, long? now)
    {
        if (now is not { } time)
            yield return "maintenance windows cannot be given before the first view, because there is no event time";
        else if (Recurrence.Of(maintenance).AtOrAfter(time) is null)
            yield return $"{(maintenance.Until is null ? "cron" : "until")} must be later: there is no window to come";
    }
}
