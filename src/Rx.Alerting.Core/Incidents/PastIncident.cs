using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Incidents;

/// <summary>An incident that has ended, and re-opens if the same breaks again soon. Times are ms since the Unix epoch.</summary>
internal sealed class PastIncident
{
    public const string Layout = "key text, endedAt i64, until i64, startedAt i64, windowStartedAt i64, reopenings i32, affectedViews i64, "
        + $"lateViews i64, timeline [{Timeline.Layout}]";

    /// <summary>The <see cref="Incident.IncidentKey"/>.</summary>
    public required string Key { get; init; }

    public required long EndedAt { get; init; }

    /// <summary>Until when it re-opens.</summary>
    public required long Until { get; init; }

    public required long StartedAt { get; init; }

    public required long WindowStartedAt { get; init; }

    public required int Reopenings { get; init; }

    public required long AffectedViews { get; init; }

    public required long LateViews { get; init; }

    public required Timeline Timeline { get; init; }

    public static PastIncident Of(OpenIncident incident, string key, long endedAt, long until) => new()
    {
        Key = key,
        EndedAt = endedAt,
        Until = until,
        StartedAt = incident.StartedAt,
        WindowStartedAt = incident.WindowStartedAt,
        Reopenings = incident.Reopenings,
        AffectedViews = incident.AffectedViews,
        LateViews = incident.LateViews,
        Timeline = incident.Timeline,
    };

    public void Save(StateWriter writer)
    {
        writer.String(Key);
        writer.Int64(EndedAt);
        writer.Int64(Until);
        writer.Int64(StartedAt);
        writer.Int64(WindowStartedAt);
        writer.Int32(Reopenings);
        writer.Int64(AffectedViews);
        writer.Int64(LateViews);
        Timeline.Save(writer);
    }

    public static PastIncident Load(StateReader reader)
    {
        var incident = new PastIncident
        {
            Key = reader.String() ?? string.Empty,
            EndedAt = reader.Int64(),
            Until = reader.Int64(),
            StartedAt = reader.Int64(),
            WindowStartedAt = reader.Int64(),
            Reopenings = reader.Int32(),
            AffectedViews = reader.Int64(),
            LateViews = reader.Int64(),
            Timeline = new Timeline(),
        };
        incident.Timeline.Load(reader);
        return incident;
    }
}
