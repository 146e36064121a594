using System.Text;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Explanations;

namespace Rx.Alerting.Core.Incidents;

/// <summary>Many properties that broke with the same error type at once. Times are event times in ms since the Unix epoch.</summary>
internal sealed class PlatformIncident
{
    public const string Layout =
        "type bytes, startedAt i64, windowStartedAt i64, firstProperty text, endedAffectedViews i64, "
        + "threshold f64, severity u8, errorDescription text, "
        + "toldAffectedViews i64, toldProperties i32, joinedAt i64, isOver bool, endedAt i64, until i64, reopenings i32, "
        + $"earlierAffectedViews i64, properties [hash u64], {RankingEncoding.Layout}, timeline [{Timeline.Layout}]";

    /// <summary>Name of the error type, in UTF-8.</summary>
    public required byte[] Type { get; init; }

    public required long StartedAt { get; init; }

    public required long WindowStartedAt { get; init; }

    /// <summary>The property that broke first. It tells the incidents of two pipelines apart.</summary>
    public required string FirstProperty { get; init; }

    /// <summary>The highest threshold of the properties that made the incident.</summary>
    public required double Threshold { get; init; }

    /// <summary>Hashes of the properties that are or were part of it.</summary>
    public SortedSet<ulong> PropertyHashes { get; } = [];

    /// <summary>Properties that are or were part of it.</summary>
    public int Properties => PropertyHashes.Count;

    /// <summary>Properties when it was told.</summary>
    public int ToldProperties { get; set; }

    /// <summary>When the latest of its properties opened.</summary>
    public long JoinedAt { get; set; }

    /// <summary>Whether it has ended, and may re-open.</summary>
    public bool IsOver { get; private set; }

    /// <summary>When it ended for the last time.</summary>
    public long EndedAt { get; private set; }

    /// <summary>Until when it re-opens.</summary>
    public long Until { get; private set; }

    /// <summary>How many times it ended and broke out again.</summary>
    public int Reopenings { get; private set; }

    /// <summary>Affected views before it opened for the last time.</summary>
    public long EarlierAffectedViews { get; private set; }

    /// <summary>Affected views of the properties whose incidents have ended.</summary>
    public long EndedAffectedViews { get; set; }

    public IncidentSeverity Severity { get; set; }

    /// <summary>What a player said in an affected view.</summary>
    public required string ErrorDescription { get; set; }

    public long ToldAffectedViews { get; set; }

    /// <summary>What its properties have in common, as people were told; null: nothing.</summary>
    public Explanation? Cause { get; set; }

    private ExplainedBy? ExplainedBy => Cause is null ? null : Explanations.ExplainedBy.Cause;

    private IReadOnlyList<Explanation> Explained => Cause is null ? [] : [Cause];

    public Timeline Timeline { get; } = new();

    public string Id => IncidentId.Of($"{Key}|{FirstProperty}", StartedAt);

    private string ErrorType => Encoding.UTF8.GetString(Type);

    private string Key => IncidentId.PlatformKey(ErrorType);

    public long AffectedViews(IEnumerable<OpenIncident> parts) =>
        EndedAffectedViews + parts.Sum(part => part.AffectedViews - part.EarlierAffectedViews);

    /// <summary>It has ended. All its parts have ended before.</summary>
    public void End(long at, long until) => (IsOver, EndedAt, Until) = (true, at, until);

    public void Reopen() => (IsOver, Reopenings, EarlierAffectedViews) = (false, Reopenings + 1, EndedAffectedViews);

    /// <summary>What people and programs are told.</summary>
    /// <param name="status">What it is now.</param>
    /// <param name="reason">Why it is told.</param>
    /// <param name="now">Event time.</param>
    /// <param name="parts">The open incidents of properties that are part of it.</param>
    /// <param name="shown">The latest views of all parts.</param>
    public Incident Snapshot(
        IncidentStatus status, IncidentReason? reason, long now, IReadOnlyList<OpenIncident> parts, ShownRate shown)
    {
        var affected = AffectedViews(parts);
        var perHour = Math.Round(OpenIncident.PerHour(affected, now - WindowStartedAt), 1);
        var rate = Math.Round(shown.Rate, 6);
        var resolved = status != IncidentStatus.Open;
        return new Incident
        {
            Id = Id,
            IncidentKey = Key,
            Status = status,
            Severity = Severity,
            MeasuredValue = rate,
            MeasuredValueOnClose = resolved ? rate : null,
            Threshold = Math.Round(Threshold, 6),
            SampleSize = shown.Views,
            MeasuredSince = DateTimeOffset.FromUnixTimeMilliseconds(shown.Since),
            ExpectedValue = IncidentSnapshot.Normal(shown),
            Recovering = !resolved && shown.IsCalm,
            AffectedViews = affected,
            AffectedViewsPerHour = perHour,
            AffectedViewsPerHourOnOpen = perHour,
            StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(StartedAt),
            ResolvedAt = resolved ? DateTimeOffset.FromUnixTimeMilliseconds(now) : null,
            Description = $"{Properties} properties {(resolved ? "were" : "are")} {IncidentSnapshot.Failing(Timeline, shown, resolved)} "
                + $"due to an error of {ErrorDescription}",
            PeakValue = IncidentSnapshot.Peak(Timeline, shown),
            ErrorDescription = ErrorDescription,
            Breakdowns = [new Breakdown("error_type", ErrorType, 1)],
            ErrorType = ErrorType,
            WindowStartedAt = DateTimeOffset.FromUnixTimeMilliseconds(WindowStartedAt),
            UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(now),
            Reason = reason,
            AffectedProperties = Properties,
            Reopenings = Reopenings,
            Flapping = Reopenings >= IncidentSnapshot.Flapping,
            ExplainedBy = ExplainedBy,
            Explanations = Explained,
            Timeline = Timeline.Points,
        };
    }

    public void Save(StateWriter writer)
    {
        writer.Bytes(Type);
        writer.Int64(StartedAt);
        writer.Int64(WindowStartedAt);
        writer.String(FirstProperty);
        writer.Int64(EndedAffectedViews);
        writer.Double(Threshold);
        writer.Byte((byte)Severity);
        writer.String(ErrorDescription);
        writer.Int64(ToldAffectedViews);
        writer.Int32(ToldProperties);
        writer.Int64(JoinedAt);
        writer.Boolean(IsOver);
        writer.Int64(EndedAt);
        writer.Int64(Until);
        writer.Int32(Reopenings);
        writer.Int64(EarlierAffectedViews);
        writer.Int32(PropertyHashes.Count);
        foreach (var property in PropertyHashes)
            writer.UInt64(property);
        RankingEncoding.Write(writer, ExplainedBy, Explained);
        Timeline.Save(writer);
    }

    public static PlatformIncident Load(StateReader reader)
    {
        var (type, startedAt, windowStartedAt) = (reader.Bytes(), reader.Int64(), reader.Int64());
        var (first, ended) = (reader.String() ?? string.Empty, reader.Int64());
        var incident = new PlatformIncident
        {
            Type = type,
            StartedAt = startedAt,
            WindowStartedAt = windowStartedAt,
            FirstProperty = first,
            EndedAffectedViews = ended,
            Threshold = reader.Double(),
            Severity = (IncidentSeverity)reader.Byte(),
            ErrorDescription = reader.String() ?? string.Empty,
            ToldAffectedViews = reader.Int64(),
            ToldProperties = reader.Int32(),
            JoinedAt = reader.Int64(),
            IsOver = reader.Boolean(),
            EndedAt = reader.Int64(),
            Until = reader.Int64(),
            Reopenings = reader.Int32(),
            EarlierAffectedViews = reader.Int64(),
        };
        for (var left = reader.Count(); left > 0; left--)
            incident.PropertyHashes.Add(reader.UInt64());
        incident.Cause = RankingEncoding.Read(reader).Best.FirstOrDefault();
        incident.Timeline.Load(reader);
        return incident;
    }
}
