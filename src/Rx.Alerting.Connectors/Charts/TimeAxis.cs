using System.Globalization;

namespace Rx.Alerting.Connectors.Charts;

/// <summary>The axis of event time, in UTC.</summary>
internal sealed class TimeAxis
{
    private readonly double left;
    private readonly double right;
    private readonly DateTimeOffset first;
    private readonly TimeSpan span;

    /// <param name="times">That are to be seen, in any order.</param>
    /// <param name="left">Where the first one is.</param>
    /// <param name="right">Where the last one is. If all are the same, they are in the middle.</param>
    public TimeAxis(IReadOnlyList<DateTimeOffset> times, double left, double right)
    {
        (this.left, this.right, first) = (left, right, times.Min());
        span = times.Max() - first;
        Ticks = span == TimeSpan.Zero ? [(first, 0.5)] : [(first, 0), (first + (span / 2), 0.5), (first + span, 1)];
    }

    /// <summary>Times that are labelled, and which part of the label is before the time: 0 nothing, 1 all.</summary>
    public IReadOnlyList<(DateTimeOffset Time, double Before)> Ticks { get; }

    public double X(DateTimeOffset time) =>
        span == TimeSpan.Zero ? (left + right) / 2 : left + ((time - first) / span * (right - left));

    /// <summary>As exact as the axis is long.</summary>
    public string Label(DateTimeOffset time) => time.UtcDateTime.ToString(
        span > TimeSpan.FromDays(1) ? "MM-dd HH:mm" : span > TimeSpan.FromMinutes(10) ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture);
}
