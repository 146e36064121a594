using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Explanations;

namespace Rx.Alerting.Core.Incidents;

/// <summary>Incidents in entries of a checkpoint. What programs read over HTTP is another thing (<see cref="IncidentJson"/>).</summary>
internal static class IncidentEncoding
{
    /// <summary>The fields of an incident, for the layouts of states that keep incidents.</summary>
    public const string Layout = BeginOfLayout + "propertyId text, videoId text, videoTitle text, errorType text, "
        + "windowStartedAt i64, updatedAt i64, lateViews i64, reason u8, parentId text, standsOut bool, affectedTitles i32, "
        + "affectedProperties i32, reopenings i32, flapping bool, isAcknowledged bool, acknowledgedBy text if isAcknowledged, "
        + "acknowledgedAt i64 if isAcknowledged, acknowledgementNote text if isAcknowledged, silencedBy [id text], "
        + "trail [at i64, transition u8, reason u8, by text, note text], "
        + RankingEncoding.Layout + ", similar [id text], isRated bool, measuredSince i64 if isRated, expectedValue f64 if isRated, "
        + "recovering bool, peakValue f64, "
        + EndOfLayout;

    /// <summary>Fields that every version has in common.</summary>
    public const string BeginOfLayout =
        "id text, incidentKey text, status u8, severity u8, measuredValue f64, isResolved bool, resolvedAt i64 if isResolved, "
        + "measuredValueOnClose f64 if isResolved, threshold f64, sampleSize i64, affectedViews i64, affectedViewsPerHour f64, "
        + "affectedViewsPerHourOnOpen f64, startedAt i64, description text, errorDescription text, "
        + "breakdowns [name text, value text, share f64], ";

    /// <inheritdoc cref="BeginOfLayout"/>
    public const string EndOfLayout = "timeline [at i64, views i64, errors i64]";

    public static void Write(StateWriter writer, Incident incident)
    {
        writer.String(incident.Id);
        writer.String(incident.IncidentKey);
        writer.Byte((byte)incident.Status);
        writer.Byte((byte)incident.Severity);
        writer.Double(incident.MeasuredValue);
        writer.Boolean(incident.ResolvedAt is not null);
        if (incident.ResolvedAt is { } resolvedAt)
        {
            writer.Time(resolvedAt);
            writer.Double(incident.MeasuredValueOnClose ?? incident.MeasuredValue);
        }

        writer.Double(incident.Threshold);
        writer.Int64(incident.SampleSize);
        writer.Int64(incident.AffectedViews);
        writer.Double(incident.AffectedViewsPerHour);
        writer.Double(incident.AffectedViewsPerHourOnOpen);
        writer.Time(incident.StartedAt);
        writer.String(incident.Description);
        writer.String(incident.ErrorDescription);
        writer.Int32(incident.Breakdowns.Count);
        foreach (var (name, value, share) in incident.Breakdowns)
        {
            writer.String(name);
            writer.String(value);
            writer.Double(share);
        }

        writer.String(incident.PropertyId);
        writer.String(incident.VideoId);
        writer.String(incident.VideoTitle);
        writer.String(incident.ErrorType);
        writer.Time(incident.WindowStartedAt);
        writer.Time(incident.UpdatedAt);
        writer.Int64(incident.LateViews);
        writer.Byte(Number(incident.Reason));
        writer.String(incident.ParentId);
        writer.Boolean(incident.StandsOut);
        writer.Int32(incident.AffectedTitles);
        writer.Int32(incident.AffectedProperties);
        writer.Int32(incident.Reopenings);
        writer.Boolean(incident.Flapping);
        writer.Boolean(incident.Acknowledgement is not null);
        if (incident.Acknowledgement is { } acknowledgement)
        {
            writer.String(acknowledgement.By);
            writer.Time(acknowledgement.At);
            writer.String(acknowledgement.Note);
        }

        writer.Int32(incident.SilencedBy.Count);
        foreach (var silence in incident.SilencedBy)
            writer.String(silence);
        writer.Int32(incident.Trail.Count);
        foreach (var entry in incident.Trail)
        {
            writer.Time(entry.At);
            writer.Byte((byte)entry.Transition);
            writer.Byte(Number(entry.Reason));
            writer.String(entry.By);
            writer.String(entry.Note);
        }

        RankingEncoding.Write(writer, incident.ExplainedBy, incident.Explanations);
        writer.Int32(incident.Similar.Count);
        foreach (var similar in incident.Similar)
            writer.String(similar);
        writer.Boolean(incident.ExpectedValue is not null);
        if (incident.ExpectedValue is { } expected)
        {
            writer.Time(incident.MeasuredSince ?? incident.WindowStartedAt);
            writer.Double(expected);
        }

        writer.Boolean(incident.Recovering);
        writer.Double(incident.PeakValue);
        writer.Int32(incident.Timeline.Count);
        foreach (var (at, views, errors) in incident.Timeline)
        {
            writer.Time(at);
            writer.Int64(views);
            writer.Int64(errors);
        }
    }

    /// <summary>The inverse of <see cref="Write"/>.</summary>
    /// <exception cref="CheckpointFormatException">It is not what <see cref="Write"/> has written.</exception>
    public static Incident Read(StateReader reader)
    {
        var (id, key) = (Text(reader), Text(reader));
        var (status, severity) = (Member<IncidentStatus>(reader), Member<IncidentSeverity>(reader));
        var measured = reader.Double();
        var resolved = reader.Boolean();
        var incident = new Incident
        {
            Id = id,
            IncidentKey = key,
            Status = status,
            Severity = severity,
            MeasuredValue = measured,
            ResolvedAt = resolved ? reader.Time() : null,
            MeasuredValueOnClose = resolved ? reader.Double() : null,
            Threshold = reader.Double(),
            SampleSize = reader.Int64(),
            AffectedViews = reader.Int64(),
            AffectedViewsPerHour = reader.Double(),
            AffectedViewsPerHourOnOpen = reader.Double(),
            StartedAt = reader.Time(),
            Description = Text(reader),
            ErrorDescription = Text(reader),
            Breakdowns = List(reader, () => new Breakdown(Text(reader), Text(reader), reader.Double())),
            PropertyId = reader.String(),
            VideoId = reader.String(),
            VideoTitle = reader.String(),
            ErrorType = Text(reader),
            WindowStartedAt = reader.Time(),
            UpdatedAt = reader.Time(),
            LateViews = reader.Int64(),
            Reason = Reason(reader),
            ParentId = reader.String(),
            StandsOut = reader.Boolean(),
            AffectedTitles = reader.Int32(),
            AffectedProperties = reader.Int32(),
            Reopenings = reader.Int32(),
            Flapping = reader.Boolean(),
            Acknowledgement = reader.Boolean() ? new(Text(reader), reader.Time(), reader.String()) : null,
            SilencedBy = List(reader, () => Text(reader)),
            Trail = List(reader, () => new TrailEntry(
                reader.Time(), Member<IncidentTransition>(reader), Reason(reader), reader.String(), reader.String())),
            PeakValue = measured,
            Timeline = [],
        };
        var (by, explanations) = RankingEncoding.Read(reader);
        var similar = List(reader, () => Text(reader));
        var isRated = reader.Boolean();
        return incident with
        {
            ExplainedBy = by,
            Explanations = explanations,
            Similar = similar,
            MeasuredSince = isRated ? reader.Time() : null,
            ExpectedValue = isRated ? reader.Double() : null,
            Recovering = reader.Boolean(),
            PeakValue = reader.Double(),
            Timeline = List(reader, () => new TimelinePoint(reader.Time(), reader.Int64(), reader.Int64())),
        };
    }

    /// <summary>Reads a member of an enumeration, as a byte.</summary>
    /// <exception cref="CheckpointFormatException">There is no such member.</exception>
    public static T Member<T>(StateReader reader)
        where T : struct, Enum
    {
        var number = reader.Byte();
        return Enum.GetValues<T>() is var all && number < all.Length
            ? all[number]
            : throw Damaged($"there is no {typeof(T).Name} {number}");
    }

    /// <summary>0 is no reason.</summary>
    public static byte Number(IncidentReason? reason) => (byte)(reason is { } known ? (int)known + 1 : 0);

    private static IncidentReason? Reason(StateReader reader)
    {
        var number = reader.Byte();
        return number == 0 ? null
            : Enum.IsDefined((IncidentReason)(number - 1)) ? (IncidentReason)(number - 1)
            : throw Damaged($"there is no reason {number}");
    }

    private static string Text(StateReader reader) => reader.String() ?? throw Damaged("a text is missing");

    private static List<T> List<T>(StateReader reader, Func<T> read)
    {
        var list = new List<T>(reader.Count());
        for (var left = list.Capacity; left > 0; left--)
            list.Add(read());
        return list;
    }

    private static CheckpointFormatException Damaged(string how) => new($"The checkpoint is damaged: an incident cannot be read ({how}).");
}
