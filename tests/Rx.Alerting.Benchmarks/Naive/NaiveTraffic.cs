using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Benchmarks.Traffic;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Benchmarks.Naive;

/// <summary>The views that both count: in order of event time, every title once, then Zipf titles; 3 % errors of seven types.</summary>
internal sealed class NaiveTraffic
{
    public const int BatchViews = 4096;
    public const int Properties = 20;
    public static readonly DateTimeOffset Begin = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    private readonly int views;
    private readonly double millisecondsPerView;
    private readonly Zipf zipf;
    private readonly SplitMix random = new(42);
    private int produced;

    public NaiveTraffic(Arguments arguments)
    {
        Titles = arguments.Int("titles");
        views = Math.Max(arguments.Int("views"), 2 * Titles);
        millisecondsPerView = 1000.0 / arguments.Int("rate");
        zipf = new Zipf(Titles);
    }

    public int Titles { get; }

    public int Views => views;

    /// <summary>The first half fills tables and warms the code up; the second is measured.</summary>
    public bool IsMeasured => produced > views / 2;

    /// <summary>How many views of at most a batch are left.</summary>
    public int NextBatch => Math.Min(BatchViews, views - produced);

    /// <summary>Event time in milliseconds since the Unix epoch, title, and error type or -1.</summary>
    public (long EventTime, int Title, int ErrorType) Next()
    {
        var title = produced < Titles ? produced : zipf.Next(random);
        var eventTime = Begin.ToUnixTimeMilliseconds() + (long)(produced++ * millisecondsPerView);
        return (eventTime, title, random.NextDouble() < 0.03 ? random.Next(BatchFiller.ErrorTypes) : -1);
    }
}
