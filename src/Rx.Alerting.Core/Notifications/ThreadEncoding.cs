using System.Text.Json.Nodes;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Notifications;

/// <summary>Threads on the board of notifications, with the version of their layout in front.</summary>
internal static class ThreadEncoding
{
    private const string Section = "threads";

    private const string Thread =
        $"{Section}: isPending bool, pending u8 if isPending, pendingSince i64, notBefore i64, attempts i32, "
        + "deliveryId text, isUnderWay bool, isInDoubt bool, interruptions i32, "
        + "isTold bool, isToldOver bool, isToldAcknowledged bool, isGivenUp bool, isStale bool, toldSeverity u8, "
        + "occurrence i32, reference text, loudAt i64, toldAt i64, overAt i64, "
        + "records [at i64, event u8, outcome u8, detail text, attempts i32, latency i64, repeats i32], ";

    public static StateLayout Layout { get; } = new(3, $"{Thread}incidents [{IncidentEncoding.Layout}], toldCause text")
    {
        Upgrades =
        [
            StateUpgrade.OfEach(new(1, $"{Thread}incidents [{EarlierIncident.UnexplainedLayout}]"), UpgradeUnexplained),
            StateUpgrade.OfEach(new(2, $"{Thread}incidents [{EarlierIncident.UnratedLayout}], toldCause text"), UpgradeUnrated),
        ],
    };

    public static BoardEntry Encode(string part, NotificationThread thread)
    {
        var writer = new StateWriter();
        writer.Int32(Layout.Version);
        writer.Boolean(thread.Pending is not null);
        if (thread.Pending is { } pending)
            writer.Byte((byte)pending);
        writer.Time(thread.PendingSince);
        writer.Time(thread.NotBefore);
        writer.Int32(thread.Attempts);
        writer.String(thread.DeliveryId);
        writer.Boolean(thread.IsUnderWay);
        writer.Boolean(thread.IsInDoubt);
        writer.Int32(thread.Interruptions);
        writer.Boolean(thread.IsTold);
        writer.Boolean(thread.IsToldOver);
        writer.Boolean(thread.IsToldAcknowledged);
        writer.Boolean(thread.IsGivenUp);
        writer.Boolean(thread.IsStale);
        writer.Byte((byte)thread.ToldSeverity);
        writer.Int32(thread.Occurrence);
        writer.String(thread.Reference);
        writer.Time(thread.LoudAt);
        writer.Time(thread.ToldAt);
        writer.Time(thread.OverAt);
        writer.Int32(thread.Records.Count);
        foreach (var record in thread.Records)
            Write(writer, record);
        writer.Int32(thread.Incidents.Count);
        foreach (var incident in thread.Incidents)
            IncidentEncoding.Write(writer, incident);
        writer.String(thread.ToldCause);
        return new(part, thread.Id, DateTimeOffset.FromUnixTimeMilliseconds(thread.Version), writer.Written);
    }

    /// <summary>The inverse of <see cref="Encode"/>.</summary>
    /// <exception cref="CheckpointFormatException">It is damaged, or a newer release has written it.</exception>
    public static NotificationThread Decode(BoardEntry entry)
    {
        var reader = Reader(entry);
        NotificationEvent? pending = reader.Boolean() ? IncidentEncoding.Member<NotificationEvent>(reader) : null;
        var (since, notBefore, attempts) = (reader.Time(), reader.Time(), reader.Int32());
        var (delivery, isUnderWay, isInDoubt, interruptions) = (reader.String(), reader.Boolean(), reader.Boolean(), reader.Int32());
        var (isTold, isToldOver, isToldAcknowledged) = (reader.Boolean(), reader.Boolean(), reader.Boolean());
        var (isGivenUp, isStale) = (reader.Boolean(), reader.Boolean());
        var severity = IncidentEncoding.Member<IncidentSeverity>(reader);
        var (occurrence, reference) = (reader.Int32(), reader.String());
        var (loudAt, toldAt, overAt) = (reader.Time(), reader.Time(), reader.Time());
        var records = Enumerable.Range(0, reader.Count()).Select(_ => ReadRecord(reader)).ToList();
        var incidents = Enumerable.Range(0, reader.Count()).Select(_ => IncidentEncoding.Read(reader)).ToList();
        var toldCause = reader.String();
        if (incidents.Count == 0)
            throw new CheckpointFormatException($"The notifications of incident {entry.Id} are damaged: they have no incident.");
        return new NotificationThread(incidents, records)
        {
            Version = entry.UpdatedAt.ToUnixTimeMilliseconds(),
            Pending = pending,
            PendingSince = since,
            NotBefore = notBefore,
            Attempts = attempts,
            DeliveryId = delivery,
            IsUnderWay = isUnderWay,
            IsInDoubt = isInDoubt,
            Interruptions = interruptions,
            IsTold = isTold,
            IsToldOver = isToldOver,
            IsToldAcknowledged = isToldAcknowledged,
            IsGivenUp = isGivenUp,
            IsStale = isStale,
            ToldSeverity = severity,
            Occurrence = occurrence,
            Reference = reference,
            ToldCause = toldCause,
            LoudAt = loudAt,
            ToldAt = toldAt,
            OverAt = overAt,
        };
    }

    /// <summary>The thread as this build writes it, behind its version.</summary>
    private static StateReader Reader(BoardEntry entry)
    {
        var version = new StateReader(entry.Value).Int32();
        if (Layout.OfVersion(version) is not { } layout)
        {
            throw new CheckpointFormatException(
                $"The notifications of incident {entry.Id} are of layout {version}, which this build cannot read.");
        }

        var thread = new StateEntry(new(Section, 0, 0), entry.Value[sizeof(int)..]);
        return new StateReader(layout == Layout ? thread.Value : Layout.Upgrade(layout, [thread]).Single().Value);
    }

    private static void UpgradeUnexplained(JsonObject thread)
    {
        thread["toldCause"] = null;
        foreach (var incident in thread["incidents"]!.AsArray())
            EarlierIncident.UpgradeUnexplained(incident!.AsObject());
    }

    private static void UpgradeUnrated(JsonObject thread)
    {
        foreach (var incident in thread["incidents"]!.AsArray())
            EarlierIncident.UpgradeUnrated(incident!.AsObject());
    }

    private static void Write(StateWriter writer, NotificationRecord record)
    {
        writer.Time(record.At);
        writer.Byte((byte)record.Event);
        writer.Byte((byte)record.Outcome);
        writer.String(record.Detail);
        writer.Int32(record.Attempts);
        writer.Int64((long)record.Latency.TotalMilliseconds);
        writer.Int32(record.Repeats);
    }

    private static NotificationRecord ReadRecord(StateReader reader) => new(
        reader.Time(),
        IncidentEncoding.Member<NotificationEvent>(reader),
        IncidentEncoding.Member<NotificationOutcome>(reader),
        reader.String(),
        reader.Int32(),
        TimeSpan.FromMilliseconds(reader.Int64()),
        reader.Int32());
}
