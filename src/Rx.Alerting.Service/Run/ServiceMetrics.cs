using System.Diagnostics.Metrics;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Service.Run;

/// <summary>The service's instruments, of the meter <c>Rx.Alerting</c>; <c>dotnet-counters monitor -n rx-alerting Rx.Alerting</c> shows them.</summary>
internal sealed class ServiceMetrics : IDisposable
{
    public const string MeterName = "Rx.Alerting";

    private readonly Meter meter = new(MeterName);
    private readonly Counter<long> commits;
    private readonly Counter<long> retries;
    private readonly Counter<long> rollbacks;
    private readonly Counter<long> entries;
    private readonly Histogram<double> duration;

    public ServiceMetrics(PipelineStatus status, PipelineHealth health)
    {
        commits = meter.CreateCounter<long>("rx_alerting.checkpoint.commits", description: "Commits that the store has confirmed");
        retries = meter.CreateCounter<long>("rx_alerting.checkpoint.retries", description: "Calls that the store did not answer, or refused; each was repeated");
        rollbacks = meter.CreateCounter<long>("rx_alerting.checkpoint.rollbacks", description: "How often the store had lost commits that it had confirmed");
        entries = meter.CreateCounter<long>("rx_alerting.checkpoint.entries", description: "Entries written by commits");
        duration = meter.CreateHistogram<double>("rx_alerting.checkpoint.duration", "s", "From the beginning of a commit until it was confirmed, retries included");

        Observe("rx_alerting.views", "Views counted", one => one.Views);
        Observe("rx_alerting.views.failed", "Views counted that failed", one => one.Errors);
        Observe("rx_alerting.views.late", "Views that came after their window was decided, and were not counted", one => one.Late);
        Observe("rx_alerting.views.dropped", "Views counted of properties that could not be kept", one => one.Dropped);
        Observe("rx_alerting.errors.other", "Errors whose type could not be told apart, since the start", one => one.OtherErrors);
        Observe("rx_alerting.properties.forgotten", "Properties forgotten since others needed their place, since the start", one => one.ForgottenProperties);
        Observe("rx_alerting.error_types.forgotten", "Types of errors forgotten since others needed their place, since the start", one => one.ForgottenErrorTypes);
        Observe("rx_alerting.keys.collisions", "How often a name was found to be taken for another with the same hash, since the start", one => one.Collisions);
        meter.CreateObservableUpDownCounter("rx_alerting.properties", () => Measure(status, one => one.Properties), description: "Properties that are remembered");
        meter.CreateObservableCounter("rx_alerting.records.rejected", () => Rejected(status), description: "Records that are no views, by reason");
        meter.CreateObservableUpDownCounter("rx_alerting.titles", () => Measure(status, one => one.Titles), description: "Titles that are remembered");
        meter.CreateObservableUpDownCounter("rx_alerting.incidents.open", () => Measure(status, one => one.OpenIncidents), description: "Incidents that are open");
        meter.CreateObservableGauge("rx_alerting.ready", () => health.IsReady ? 1 : 0, description: "1 when every pipeline has its state and the source has been read");

        void Observe(string name, string description, Func<PipelineStatistics, long> value) =>
            meter.CreateObservableCounter(name, () => Measure(status, value), description: description);
    }

    public void Take(CheckpointEvent value)
    {
        var pipeline = new KeyValuePair<string, object?>("pipeline", value.Pipeline);
        switch (value.Kind)
        {
            case CheckpointEventKind.Committed:
                commits.Add(1, pipeline);
                entries.Add(value.Entries, pipeline);
                duration.Record(value.Duration.TotalSeconds, pipeline);
                break;
            case CheckpointEventKind.Retrying:
                retries.Add(1, pipeline);
                break;
            case CheckpointEventKind.RolledBack:
                rollbacks.Add(1, pipeline);
                break;
        }
    }

    public void Dispose() => meter.Dispose();

    private static IEnumerable<Measurement<long>> Measure(PipelineStatus status, Func<PipelineStatistics, long> value) =>
        status.Latest.Select(one => new Measurement<long>(value(one.Value), new KeyValuePair<string, object?>("pipeline", one.Key)));

    private static IEnumerable<Measurement<long>> Rejected(PipelineStatus status) =>
        from one in status.Latest
        from reason in Enum.GetValues<RejectionReason>()
        select new Measurement<long>(
            one.Value.Rejected[(int)reason],
            new KeyValuePair<string, object?>("pipeline", one.Key),
            new KeyValuePair<string, object?>("reason", reason.ToString()));
}
