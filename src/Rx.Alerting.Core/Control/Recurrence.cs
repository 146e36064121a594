using Cronos;

namespace Rx.Alerting.Core.Control;

/// <summary>When maintenance windows come, by the clock of a time zone.</summary>
/// <remarks>
/// A start that a change to summer time leaves out comes at the moment of the change. A start that the change back brings twice comes once,
/// unless it comes every hour or minute. The rules of time zones are those of the machine.
/// </remarks>
internal sealed class Recurrence
{
    private readonly CronExpression expression;
    private readonly TimeZoneInfo zone;

    /// <exception cref="CronFormatException">Not a cron expression.</exception>
    /// <exception cref="TimeZoneNotFoundException">The machine does not know the time zone.</exception>
    public Recurrence(string cron, string timeZone, long duration, long? until)
    {
        (Cron, TimeZone, Duration, Until) = (cron, timeZone, duration, until);
        (expression, zone) = (CronExpression.Parse(cron), TimeZoneInfo.FindSystemTimeZoneById(timeZone));
    }

    /// <exception cref="CronFormatException">Not a cron expression.</exception>
    /// <exception cref="TimeZoneNotFoundException">The machine does not know the time zone.</exception>
    public static Recurrence Of(MaintenanceCommand command) => new(
        command.Cron, command.TimeZone, (long)command.Duration.TotalMilliseconds, command.Until?.ToUnixTimeMilliseconds());

    public string Cron { get; }

    public string TimeZone { get; }

    /// <summary>Milliseconds of a window.</summary>
    public long Duration { get; }

    /// <summary>No window starts after this event time. Null: the windows go on.</summary>
    public long? Until { get; }

    /// <summary>The start of the window that is in force at an event time, else of the next one. Null: there is none.</summary>
    public long? AtOrAfter(long time) => After(time - Duration);

    /// <summary>The next start after an event time. Null: there is none.</summary>
    public long? After(long time)
    {
        var after = DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(0, time));
        var next = expression.GetNextOccurrence(after, zone)?.ToUnixTimeMilliseconds();
        return next > Until ? null : next;
    }
}
