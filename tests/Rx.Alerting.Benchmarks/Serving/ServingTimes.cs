using System.Globalization;

namespace Rx.Alerting.Benchmarks.Serving;

/// <summary>How long the service has taken for its answers, as it says itself: a histogram.</summary>
internal sealed class ServingTimes
{
    private const string Bucket = "rx_alerting_http_request_duration_seconds_bucket{";

    /// <summary>Answers that took at most so many seconds.</summary>
    private readonly SortedDictionary<double, double> within = [];

    /// <param name="lines">Of a page of metrics.</param>
    public static ServingTimes Of(IEnumerable<string> lines)
    {
        var times = new ServingTimes();
        foreach (var line in lines.Where(line => line.StartsWith(Bucket, StringComparison.Ordinal)))
        {
            var bound = line.Split("le=\"")[1].Split('"')[0];
            var seconds = bound == "+Inf" ? double.PositiveInfinity : double.Parse(bound, CultureInfo.InvariantCulture);
            times.Add(seconds, double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
        }

        return times;
    }

    /// <summary>Takes the answers between two readings, too.</summary>
    public void Add(ServingTimes first, ServingTimes last)
    {
        foreach (var (seconds, count) in last.within)
            Add(seconds, count - first.within.GetValueOrDefault(seconds));
    }

    /// <summary>The share of the answers that took at most so many seconds, which is a bound of the histogram.</summary>
    public double Share(double seconds) => within[seconds] / within[double.PositiveInfinity];

    /// <summary>A bound that a share of the answers does not pass, in seconds.</summary>
    public double Bound(double share) => within.First(one => one.Value >= share * within[double.PositiveInfinity]).Key;

    private void Add(double seconds, double count) => within[seconds] = within.GetValueOrDefault(seconds) + count;
}
