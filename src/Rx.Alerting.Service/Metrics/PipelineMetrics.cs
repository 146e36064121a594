using System.Text.Json;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Metrics;

/// <summary>
/// What the pipelines of this process have counted since it started, and what they keep. A pipeline that begins anew adds nothing for
/// what it had counted before.
/// </summary>
internal sealed class PipelineMetrics
{
    private readonly List<(CounterInstrument Counter, Func<PipelineStatistics, double> Count, string[] Labels)> counters = [];
    private readonly PipelineStatus status;

    public PipelineMetrics(Instruments instruments, PipelineStatus status)
    {
        this.status = status;
        Count("views_total", "Views counted", one => one.Views);
        Count("views_failed_total", "Views counted that failed", one => one.Errors);
        Count("views_late_total", "Views that came after their window was decided, and were not counted", one => one.Late);
        Count("views_ahead_total", "Views counted that were too far ahead of their arrival", one => one.Ahead);
        Count("views_dropped_total", "Views counted of properties that could not be kept", one => one.Dropped);
        Count("errors_of_other_type_total", "Errors counted as other, as their property has too many types", one => one.OtherErrors);
        Count("hash_collisions_total", "How often two names were found to have one hash", one => one.Collisions);
        Count("properties_evicted_total", "Properties forgotten since others needed their place", one => one.ForgottenProperties);
        Count("error_types_evicted_total", "Error types forgotten since others needed their place", one => one.ForgottenErrorTypes);
        var rejected = instruments.Counter("records_rejected_total", "Records that are no views, by reason", "reason");
        foreach (var reason in Enum.GetValues<RejectionReason>().Where(reason => reason != RejectionReason.None))
            counters.Add((rejected, one => one.Rejected[(int)reason], [SnakeCase(reason)]));
        var anomalies = instruments.Counter("anomalies_total", "Verdicts that found an anomaly", "level");
        counters.Add((anomalies, one => one.TitleAnomalies, [SnakeCase(IncidentLevel.Title)]));
        counters.Add((anomalies, one => one.PropertyAnomalies, [SnakeCase(IncidentLevel.Property)]));
        counters.AddRange(ExplanationMetrics.Counters(instruments));
        foreach (var (counter, _, labels) in counters)
            counter.Add(0, labels);

        Level("panes", "Panes that are not decided yet", one => one.OpenPanes);
        Level("properties", "Properties that are remembered", one => one.Properties);
        Level("titles", "Titles that are remembered", one => one.Titles);
        Level("state_bytes", "About how much memory the state takes", one => one.StateBytes);
        Level("outbox_effects", "Effects that some channel does not have yet", one => one.WaitingEffects);
        instruments.Gauge("incidents_open", "Incidents that are open", OpenIncidents, "level", "severity");
        ExplanationMetrics.AddGauges(instruments, () => status.Latest.Values);
        instruments.Gauge("channel_behind_effects", "Effects that the channel does not have yet", Behind, "channel");
        status.Counted = Add;

        void Count(string name, string help, Func<PipelineStatistics, double> count) =>
            counters.Add((instruments.Counter(name, help), count, []));

        void Level(string name, string help, Func<PipelineStatistics, long> level) =>
            instruments.Gauge(name, help, () => status.Latest.Values.Sum(level));
    }

    /// <summary>The name of an enumeration's value, as labels have it.</summary>
    public static string SnakeCase<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private void Add(PipelineStatistics before, PipelineStatistics now)
    {
        foreach (var (counter, count, labels) in counters)
        {
            if (count(now) - count(before) is > 0 and var added)
                counter.Add(added, labels);
        }
    }

    private IEnumerable<Sample> OpenIncidents()
    {
        var open = status.Latest.Values.SelectMany(one => one.OpenByLevel).ToList();
        return
            from level in Enum.GetValues<IncidentLevel>()
            from severity in Enum.GetValues<IncidentSeverity>()
            let number = open.Where(one => one.Level == level && one.Severity == severity).Sum(one => one.Number)
            select new Sample(number, SnakeCase(level), SnakeCase(severity));
    }

    private IEnumerable<Sample> Behind() =>
        from one in status.Latest.Values.SelectMany(pipeline => pipeline.Channels)
        group one.Effects by one.Channel into channel
        select new Sample(channel.Sum(), channel.Key);
}
