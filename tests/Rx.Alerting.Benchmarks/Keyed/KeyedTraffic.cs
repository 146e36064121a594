using Rx.Alerting.Benchmarks.Traffic;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Benchmarks.Keyed;

/// <summary>Views of one hour, titles by u³, 3 % errors of seven types, event times out of order by less than a bound.</summary>
internal struct KeyedTraffic(int views, int titles, int disorder)
{
    public const long Minute = 60_000;
    private const long Begin = 1_000_000_000;
    private const long Duration = 3_600_000;

    private readonly SplitMix random = new(42);
    private int produced;

    /// <summary>Event time in milliseconds, title, and error type or -1. False when there are no more.</summary>
    public bool Next(out long eventTime, out int title, out int errorType)
    {
        var u = random.NextDouble();
        eventTime = Begin + (long)((double)produced * Duration / views) - (disorder > 0 ? random.Next(disorder) : 0);
        title = (int)(titles * u * u * u);
        errorType = random.NextDouble() < 0.03 ? random.Next(BatchFiller.ErrorTypes) : -1;
        return produced++ < views;
    }
}
