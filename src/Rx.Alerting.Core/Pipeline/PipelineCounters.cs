using System.Text.Json.Nodes;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Detection;
using Rx.Alerting.Core.EventTime;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>
/// Counts accepted views and rejected records. Part of the state, so that a restart loses no count. Late views are counted by
/// <see cref="WatermarkState"/>.
/// </summary>
internal sealed class PipelineCounters : IOperatorState
{
    private readonly long[] rejected = new long[Enum.GetValues<RejectionReason>().Length];
    private long views;
    private long errors;
    private long titleAnomalies;
    private long propertyAnomalies;

    public static StateLayout Layout { get; } = new(3,
        $"counters: views i64, errors i64, {string.Join(", ", Enum.GetNames<RejectionReason>().Select(reason => $"rejected{reason} i64"))}")
    {
        Upgrades = [StateUpgrade.OfEach(Version2, CountTombstones)],
    };

    /// <summary>Tombstones of Kafka were counted as malformed.</summary>
    private static StateLayout Version2 => new(2,
        "counters: views i64, errors i64, rejectedNone i64, rejectedMalformed i64, rejectedInvalidUtf8 i64, rejectedTooLong i64, "
        + "rejectedMissingProperty i64, rejectedMissingEventTime i64, rejectedInvalidEventTime i64, rejectedFarFuture i64");

    StateLayout IOperatorState.Layout => Layout;

    public long Views => views;

    public long Errors => errors;

    /// <summary>Rejected records, of all reasons.</summary>
    public long Rejected => rejected.Sum();

    public void Count(TimedBatch element)
    {
        foreach (ref readonly var view in element.Batch.Views)
            errors += view.Failed ? 1 : 0;
        views += element.Batch.ViewCount;
        var reasons = element.Batch.Rejected;
        for (var i = 0; i < reasons.Length; i++)
            rejected[i] += reasons[i];
    }

    /// <summary>Counts anomalies. They are not part of the state.</summary>
    public void Count(Verdict verdict)
    {
        if (verdict.Kind != VerdictKind.Anomaly)
            return;
        titleAnomalies += verdict.Observation.IsTitle ? 1 : 0;
        propertyAnomalies += verdict.Observation.IsTitle ? 0 : 1;
    }

    public PipelineStatistics Snapshot(WatermarkState watermarks, WindowState windows, IncidentState incidents) => new()
    {
        Views = views,
        Errors = errors,
        Late = watermarks.Late.Total,
        LateByProperty = new Dictionary<string, long>(watermarks.Late.ByProperty),
        LateByPartition = watermarks.Late.ByPartition(),
        Fast = watermarks.Fast,
        Ahead = watermarks.Ahead,
        SetBackFrom = watermarks.SetBackFrom is { } from ? Time(from) : null,
        Rejected = [.. rejected],
        Dropped = windows.Dropped,
        Properties = windows.Properties,
        Titles = windows.Titles,
        DecidedViews = windows.Counts.Views,
        NewProperties = windows.Counts.NewProperties,
        NewErrorTypes = windows.Counts.NewErrorTypes,
        NewTitles = windows.Counts.NewTitles,
        ForgottenProperties = windows.Counts.ForgottenProperties,
        ForgottenErrorTypes = windows.Counts.ForgottenErrorTypes,
        OtherErrors = windows.Counts.OtherErrors,
        Collisions = windows.Counts.Collisions,
        OpenIncidents = incidents.Count,
        OpenByLevel =
        [
            .. incidents.Kinds.CountBy(kind => kind).Select(kind => new OpenIncidentCount(kind.Key.Level, kind.Key.Severity, kind.Value)),
        ],
        TitleAnomalies = titleAnomalies,
        PropertyAnomalies = propertyAnomalies,
        Partitions =
        [
            .. watermarks.Multiplexer.Partitions.Select(one => new PartitionEventTime(one.Name, Time(one.Watermark), one.IsIdle)),
        ],
        Watermark = Time(watermarks.Multiplexer.Watermark),
        IsIdle = watermarks.Multiplexer is { IsIdle: true, Partitions.Count: > 0 },
        NewestEventTime = Time(watermarks.NewestEventTime),
    };

    public void Save(ChangeWriter changes, bool everything)
    {
        var writer = changes.Begin(new StateKey(StateSections.Counters, 0, 0));
        writer.Int64(views);
        writer.Int64(errors);
        foreach (var count in rejected)
            writer.Int64(count);
    }

    public void Load(StateKey key, StateReader reader)
    {
        views = reader.Int64();
        errors = reader.Int64();
        for (var i = 0; i < rejected.Length; i++)
            rejected[i] = reader.Int64();
    }

    private static DateTimeOffset? Time(long milliseconds) =>
        milliseconds <= 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    /// <summary>Bytes that are no UTF-8 were a reason of their own once. Those counts become malformed.</summary>
    private static void CountTombstones(JsonObject counters)
    {
        counters["rejectedMalformed"] = counters["rejectedMalformed"]!.GetValue<long>() + counters["rejectedInvalidUtf8"]!.GetValue<long>();
        counters["rejectedTombstone"] = 0L;
    }
}
