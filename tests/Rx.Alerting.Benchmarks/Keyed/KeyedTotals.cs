using Rx.Alerting.Benchmarks.Running;

namespace Rx.Alerting.Benchmarks.Keyed;

/// <summary>What came out of the windows, so that nobody wins by dropping some.</summary>
internal struct KeyedTotals
{
    private long windows;
    private long views;
    private long errors;

    public void Add(int windowViews, int windowErrors)
    {
        windows++;
        views += windowViews;
        errors += windowErrors;
    }

    public readonly void Write(int expectedViews, TimeSpan elapsed)
    {
        if (views != expectedViews)
            throw new ChildFailedException($"{views} of {expectedViews} views came out of the windows.");
        Figures.Write(
            ("windows", windows), ("errors", errors), ("seconds", elapsed.TotalSeconds),
            ("views_per_second", views / elapsed.TotalSeconds));
    }
}
