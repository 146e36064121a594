namespace Rx.Alerting.Service.Metrics;

/// <summary>One series of a gauge.</summary>
/// <param name="Value">In the unit of the gauge's name.</param>
/// <param name="Labels">The values of its labels, in the order of their names.</param>
internal readonly record struct Sample(double Value, params string[] Labels);

/// <summary>A counter for both readers of <see cref="Instruments"/>.</summary>
internal sealed class CounterInstrument(
    Prometheus.Counter prometheus, System.Diagnostics.Metrics.Counter<double> meter, string[] names)
{
    /// <summary>Adds to the series with these label values. Adding 0 makes the series known.</summary>
    public void Add(double value, params string[] labels)
    {
        prometheus.WithLabels(labels).Inc(value);
        meter.Add(value, Instruments.Tags(names, labels));
    }
}

/// <summary>A histogram for both readers of <see cref="Instruments"/>.</summary>
internal sealed class HistogramInstrument(
    Prometheus.Histogram prometheus, System.Diagnostics.Metrics.Histogram<double> meter, string[] names)
{
    /// <summary>Takes a value in the unit of the histogram's name.</summary>
    public void Take(double value, params string[] labels)
    {
        prometheus.WithLabels(labels).Observe(value);
        meter.Record(value, Instruments.Tags(names, labels));
    }

    /// <summary>Makes the series known, without a value.</summary>
    public void Begin(params string[] labels) => prometheus.WithLabels(labels);
}
