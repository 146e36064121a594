using System.Diagnostics.Metrics;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Service.Run;

/// <summary>
/// The service's instruments, of the meter <c>Rx.Alerting</c>; <c>dotnet-counters monitor -n rx-alerting Rx.Alerting</c> shows them.
/// </summary>
internal sealed class ServiceMetrics : IDisposable
{
    public const string MeterName = "Rx.Alerting";

    private readonly Meter meter = new(MeterName);
    private readonly Counter<long> commits;
    private readonly Counter<long> retries;
    private readonly Counter<long> rollbacks;
    private readonly Counter<long> entries;
    private readonly Histogram<double> duration;
    private readonly Counter<long> deliveries;
    private readonly Counter<long> failedDeliveries;
    private readonly Counter<long> droppedEffects;

    public ServiceMetrics(PipelineStatus status, PipelineHealth health)
    {
        commits = Counter("rx_alerting.checkpoint.commits", "Commits that the store has confirmed");
        retries = Counter("rx_alerting.checkpoint.retries", "Calls that the store did not answer, or refused; each was repeated");
        rollbacks = Counter("rx_alerting.checkpoint.rollbacks", "How often the store had lost commits that it had confirmed");
        entries = Counter("rx_alerting.checkpoint.entries", "Entries written by commits");
        duration = meter.CreateHistogram<double>(
            "rx_alerting.checkpoint.duration",
            "s",
            "From the beginning of a commit until it was confirmed, retries included");

        deliveries = Counter("rx_alerting.channel.deliveries", "Changes of incidents that a channel has taken");
        failedDeliveries = Counter("rx_alerting.channel.failures", "Attempts to deliver to a channel that failed; each was repeated");
        droppedEffects = Counter("rx_alerting.channel.dropped", "Changes of incidents that a channel was not told, as too many waited");

        Total("rx_alerting.views", "Views counted", pipeline => pipeline.Views);
        Total("rx_alerting.views.failed", "Views counted that failed", pipeline => pipeline.Errors);
        Total(
            "rx_alerting.views.late",
            "Views that came after their window was decided, and were not counted",
            pipeline => pipeline.Late);
        Total("rx_alerting.views.dropped", "Views counted of properties that could not be kept", pipeline => pipeline.Dropped);
        Total("rx_alerting.errors.other", "Errors whose type could not be told apart, since the start", pipeline => pipeline.OtherErrors);
        Total(
            "rx_alerting.properties.forgotten",
            "Properties forgotten since others needed their place, since the start",
            pipeline => pipeline.ForgottenProperties);
        Total(
            "rx_alerting.error_types.forgotten",
            "Types of errors forgotten since others needed their place, since the start",
            pipeline => pipeline.ForgottenErrorTypes);
        Total(
            "rx_alerting.keys.collisions",
            "How often a name was found to be taken for another with the same hash, since the start",
            pipeline => pipeline.Collisions);
        Level("rx_alerting.properties", "Properties that are remembered", pipeline => pipeline.Properties);
        meter.CreateObservableCounter(
            "rx_alerting.records.rejected",
            () => Rejected(status),
            description: "Records that are no views, by reason");
        Level("rx_alerting.titles", "Titles that are remembered", pipeline => pipeline.Titles);
        Level("rx_alerting.paused", "1 while somebody has the pipeline rest", pipeline => pipeline.Paused is null ? 0 : 1);
        Level("rx_alerting.incidents.open", "Incidents that are open", pipeline => pipeline.OpenIncidents);
        meter.CreateObservableGauge(
            "rx_alerting.ready",
            () => health.IsReady ? 1 : 0,
            description: "1 when every pipeline has its state and the source has been read");

        Counter<long> Counter(string name, string description) => meter.CreateCounter<long>(name, description: description);

        void Total(string name, string description, Func<PipelineStatistics, long> value) =>
            meter.CreateObservableCounter(name, () => Measure(status, value), description: description);

        void Level(string name, string description, Func<PipelineStatistics, long> value) =>
            meter.CreateObservableUpDownCounter(name, () => Measure(status, value), description: description);
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

    public void Take(CourierEvent value)
    {
        KeyValuePair<string, object?>[] tags = [new("pipeline", value.Pipeline), new("channel", value.Channel)];
        switch (value.Kind)
        {
            case CourierEventKind.Delivered:
                deliveries.Add(value.Effects, tags);
                break;
            case CourierEventKind.Failed:
                failedDeliveries.Add(1, tags);
                break;
            case CourierEventKind.Dropped:
                droppedEffects.Add(value.Effects, tags);
                break;
        }
    }

    public void Dispose() => meter.Dispose();

    private static IEnumerable<Measurement<long>> Measure(PipelineStatus status, Func<PipelineStatistics, long> value) =>
        from pipeline in status.Latest
        select new Measurement<long>(value(pipeline.Value), new KeyValuePair<string, object?>("pipeline", pipeline.Key));

    private static IEnumerable<Measurement<long>> Rejected(PipelineStatus status) =>
        from pipeline in status.Latest
        from reason in Enum.GetValues<RejectionReason>()
        select new Measurement<long>(
            pipeline.Value.Rejected[(int)reason],
            new KeyValuePair<string, object?>("pipeline", pipeline.Key),
            new KeyValuePair<string, object?>("reason", reason.ToString()));
}
