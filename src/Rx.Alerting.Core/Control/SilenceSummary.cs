namespace Rx.Alerting.Core.Control;

/// <summary>A silence, or maintenance windows, for people. Times are event times.</summary>
/// <param name="Id">The id of the command that has made it.</param>
/// <param name="By">Who has made it.</param>
/// <param name="Comment">Why.</param>
/// <param name="Matcher">Which incidents.</param>
/// <param name="StartsAt">Of maintenance windows: when the current one has begun, or the next one begins.</param>
/// <param name="EndsAt">When it ends; of maintenance windows, the current or next one.</param>
/// <param name="IsActive">Whether it is in force.</param>
/// <param name="Windows">How maintenance windows come. Null: it is a silence.</param>
public sealed record SilenceSummary(
    string Id,
    string By,
    string Comment,
    IncidentMatcher Matcher,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    bool IsActive,
    MaintenanceSummary? Windows);

/// <summary>How maintenance windows come.</summary>
/// <param name="Cron">When each window starts.</param>
/// <param name="TimeZone">The zone of <paramref name="Cron"/>.</param>
/// <param name="Duration">Of a window.</param>
/// <param name="Until">After that, no window starts. Null: the windows go on.</param>
public sealed record MaintenanceSummary(string Cron, string TimeZone, TimeSpan Duration, DateTimeOffset? Until);

/// <summary>A silence, or maintenance windows, that have ended.</summary>
/// <param name="Silence">As it was at its end.</param>
/// <param name="At">Event time. Null: before the first view.</param>
/// <param name="By">Who has ended it. Null: it ended by itself.</param>
/// <param name="Note">What that person said; may be null.</param>
public sealed record EndedSilence(SilenceSummary Silence, DateTimeOffset? At, string? By, string? Note);
