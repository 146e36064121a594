using System.Collections.Concurrent;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Metrics;

/// <summary>
/// The error rates of the properties with most views. Each pipeline copies them on its own thread, at most every ten seconds.
/// </summary>
internal sealed class PropertyMetrics : IPipelineWatch
{
    /// <summary>Error types of a property that are shown.</summary>
    private const int ErrorTypes = 5;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>Until there is a property: soon after the start there is something to see.</summary>
    private static readonly TimeSpan FirstInterval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, (TopProperties Top, long At)> copies = new(StringComparer.Ordinal);
    private readonly int most;
    private readonly PipelineStatus status;
    private readonly TimeProvider clock;

    public PropertyMetrics(Instruments instruments, Settings settings, PipelineStatus status, TimeProvider clock)
    {
        (most, this.status, this.clock) = (settings.Metrics.TopProperties, status, clock);
        if (most == 0)
            return;
        Rate("property_error_ratio", "Error rate in the largest window", rate => rate.Error);
        Rate("property_baseline_ratio", "Error rate that is normal", rate => rate.Baseline);
        Rate("property_threshold_ratio", "Smallest error rate that is an anomaly", rate => rate.Threshold);
        instruments.Gauge(
            "property_last_view_timestamp_seconds",
            "Event time of the latest view",
            () => Shown().Select(one => new Sample(one.LastView.ToUnixTimeMilliseconds() / 1000d, one.Property)),
            "property");
        instruments.Gauge("other_properties_error_ratio", "Error rate in the windows of all other properties", Others);

        void Rate(string name, string help, Func<ErrorTypeRate, double> value) => instruments.Gauge(
            name,
            help,
            () =>
                from property in Shown()
                from type in property.ErrorTypes
                select new Sample(value(type), property.Property, type.ErrorType),
            "property",
            "error_type");
    }

    public void Begin(string name, DetectionPipeline pipeline) => copies.TryRemove(name, out _);

    public void Advance(string name, DetectionPipeline pipeline)
    {
        var known = copies.TryGetValue(name, out var copy);
        if (most > 0 && (!known || clock.GetElapsedTime(copy.At) >= (copy.Top.Properties.Count > 0 ? Interval : FirstInterval)))
            copies[name] = (pipeline.TopProperties(most, ErrorTypes), clock.GetTimestamp());
    }

    public void Settle(string name, DetectionPipeline pipeline) => Advance(name, pipeline);

    /// <summary>A property that several pipelines see is shown as the one with most views of it has it.</summary>
    private IEnumerable<KeyRates> Shown() => Ranked().Take(most);

    private IEnumerable<KeyRates> Ranked() => Copies()
        .SelectMany(copy => copy.Properties)
        .OrderByDescending(property => property.Views).ThenBy(property => property.Property, StringComparer.Ordinal)
        .DistinctBy(property => property.Property, StringComparer.Ordinal);

    private IEnumerable<Sample> Others()
    {
        var rest = Ranked().Skip(most).ToList();
        var views = Copies().Sum(copy => copy.OtherViews) + rest.Sum(property => property.WindowViews);
        var errors = Copies().Sum(copy => copy.OtherErrors) + rest.Sum(property => property.WindowErrors);
        return views > 0 ? [new Sample((double)errors / views)] : [];
    }

    private IEnumerable<TopProperties> Copies()
    {
        var running = status.Latest;
        return copies.Where(copy => running.ContainsKey(copy.Key)).Select(copy => copy.Value.Top);
    }
}
