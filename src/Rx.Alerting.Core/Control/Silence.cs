using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Control;

/// <summary>How far a silence has come.</summary>
internal enum SilencePhase
{
    /// <summary>It has yet to begin.</summary>
    Waiting,

    /// <summary>It is in force.</summary>
    Active,

    /// <summary>It is in force, and its open incidents have said that it ends soon.</summary>
    Ending,
}

/// <summary>A silence, or maintenance windows: then it is about the current window, or the next one. Times are event times in ms.</summary>
internal sealed class Silence(long sequence, string id, string by, string comment, IncidentMatcher matcher, Recurrence? recurrence)
{
    public const string Layout =
        "id text, by text, comment text, property text, title text, errorType text, startsAt i64, endsAt i64, phase u8, "
        + "recurs bool, cron text if recurs, timeZone text if recurs, duration i64 if recurs, "
        + "isLimited bool, until i64 if isLimited";

    /// <summary>Its number in the order in which silences were made.</summary>
    public long Sequence => sequence;

    public string Id => id;

    public string By => by;

    public string Comment => comment;

    public IncidentMatcher Matcher => matcher;

    public bool Recurs => recurrence is not null;

    public required long StartsAt { get; set; }

    public required long EndsAt { get; set; }

    public SilencePhase Phase { get; set; }

    public bool IsActive => Phase != SilencePhase.Waiting;

    /// <summary>The open incidents beneath it. Not part of the state: the incidents know their silences.</summary>
    public HashSet<TrackedIncident> Incidents { get; } = [];

    /// <summary>Whether the next window begins before the current one ends.</summary>
    public bool GoesOn => recurrence?.After(StartsAt) <= EndsAt;

    /// <summary>The event time of the next change of <see cref="Phase"/>.</summary>
    /// <param name="lead">How long before its end the silence ends soon. A shorter silence never does.</param>
    public long NextAt(long lead) => Phase switch
    {
        SilencePhase.Waiting => StartsAt,
        SilencePhase.Active when EndsAt - lead > StartsAt => EndsAt - lead,
        _ => EndsAt,
    };

    /// <summary>Goes on to the next window.</summary>
    /// <returns>False if there is none.</returns>
    public bool TryRecur()
    {
        if (recurrence?.After(StartsAt) is not { } next)
            return false;
        (StartsAt, EndsAt) = (next, next + recurrence.Duration);
        return true;
    }

    /// <summary>For people.</summary>
    public SilenceSummary Summarize() => new(
        id,
        by,
        comment,
        matcher,
        Time(StartsAt),
        Time(EndsAt),
        IsActive,
        recurrence is null
            ? null
            : new(
                recurrence.Cron,
                recurrence.TimeZone,
                TimeSpan.FromMilliseconds(recurrence.Duration),
                recurrence.Until is { } until ? Time(until) : null));

    public void Save(StateWriter writer)
    {
        writer.String(id);
        writer.String(by);
        writer.String(comment);
        writer.String(matcher.Property);
        writer.String(matcher.Title);
        writer.String(matcher.ErrorType);
        writer.Int64(StartsAt);
        writer.Int64(EndsAt);
        writer.Byte((byte)Phase);
        writer.Boolean(Recurs);
        if (recurrence is not null)
        {
            writer.String(recurrence.Cron);
            writer.String(recurrence.TimeZone);
            writer.Int64(recurrence.Duration);
        }

        writer.Boolean(recurrence?.Until is not null);
        if (recurrence?.Until is { } until)
            writer.Int64(until);
    }

    /// <exception cref="CheckpointFormatException">It is not what <see cref="Save"/> has written, or the machine lacks the time
    /// zone.</exception>
    public static Silence Load(long sequence, StateReader reader)
    {
        var (id, by, comment) = (Text(reader), Text(reader), Text(reader));
        var matcher = new IncidentMatcher(reader.String(), reader.String(), reader.String());
        var (startsAt, endsAt, phase) = (reader.Int64(), reader.Int64(), (SilencePhase)reader.Byte());
        var (cron, zone, duration) = reader.Boolean() ? (Text(reader), Text(reader), reader.Int64()) : (null, null, 0L);
        long? until = reader.Boolean() ? reader.Int64() : null;
        try
        {
            var recurrence = cron is null ? null : new Recurrence(cron, zone!, duration, until);
            return new(sequence, id, by, comment, matcher, recurrence) { StartsAt = startsAt, EndsAt = endsAt, Phase = phase };
        }
        catch (Exception fault) when (fault is TimeZoneNotFoundException or InvalidTimeZoneException or FormatException)
        {
            throw new CheckpointFormatException($"Maintenance windows “{id}” cannot be restored: {fault.Message}");
        }
    }

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static string Text(StateReader reader) =>
        reader.String() ?? throw new CheckpointFormatException("The checkpoint is damaged: a silence lacks a text.");
}
