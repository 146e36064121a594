using System.Globalization;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Pages;

/// <summary>How a page shows times: in the time zone that the reader has chosen, and how long ago they were.</summary>
/// <param name="Zone">The reader's choice.</param>
/// <param name="Now">The event time that has been reached. Null: none yet.</param>
public sealed record PageTimes(TimeZoneInfo Zone, DateTimeOffset? Now)
{
    /// <summary>An incident with views is refreshed every five minutes, if nobody has set another calm time.</summary>
    private static readonly TimeSpan Refreshing = TimeSpan.FromMinutes(6);

    /// <summary>Whether times are of the clock: when people or programs did something, and not when views ended.</summary>
    public bool IsByClock { get; init; }

    /// <summary>The same for times of the clock. How long ago these were is not told: event time may be elsewhere.</summary>
    public PageTimes ByClock => this with { Now = null, IsByClock = true };

    /// <summary>Which time is meant.</summary>
    public string Kind => IsByClock ? "time of day" : "event time";

    public static TimeZoneInfo Utc => TimeZoneInfo.Utc;

    public string ZoneName => Zone.Id;

    /// <summary>Such as <c>2026-01-05 08:31:10</c>.</summary>
    public string Full(DateTimeOffset time) => Local(time).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Such as <c>5 Jan 08:31:10</c>: always with the day, because at night “08:31” may be of yesterday.</summary>
    public string Short(DateTimeOffset time) => Local(time).ToString("d MMM HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>For the attribute <c>datetime</c>.</summary>
    public static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Such as <c>12 min 4 s ago</c>; empty if it is not known.</summary>
    public string Ago(DateTimeOffset time) => Now is { } now && now >= time ? $"{IncidentWords.Lasting(now - time)} ago" : string.Empty;

    /// <summary>Whether the figures of an open incident are older than they are while views come.</summary>
    public bool AreOld(Incident incident) => incident.Status == IncidentStatus.Open && Now - incident.UpdatedAt > Refreshing;

    /// <summary>How long an incident has lasted: until its end, or until now.</summary>
    public string Lasted(Incident incident)
    {
        var until = incident.ResolvedAt ?? (Now > incident.UpdatedAt ? Now.Value : incident.UpdatedAt);
        return IncidentWords.Lasting(until > incident.StartedAt ? until - incident.StartedAt : TimeSpan.Zero);
    }

    private DateTimeOffset Local(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, Zone);
}
