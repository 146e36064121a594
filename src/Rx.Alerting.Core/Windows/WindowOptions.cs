using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Core.Windows;

/// <summary>Section <c>Windows</c>: panes, nested windows and the bounds on keys.</summary>
public sealed record WindowOptions
{
    /// <summary>Event time covered by one pane. 100 ms to 1 hour; default 1 second.</summary>
    public TimeSpan PaneInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Views in the largest window, the one that people are shown. 100 to 100,000; default 1000.</summary>
    public int MinimumViews { get; init; } = 1000;

    /// <summary>Smaller windows that are looked at too, of a property and of a title, in views. Default 100, 200, 500.</summary>
    public IReadOnlyList<int> NestedViews { get; init; } = [100, 200, 500];

    /// <summary>Still smaller windows for titles only, in views. Default 20, 50.</summary>
    public IReadOnlyList<int> TitleNestedViews { get; init; } = [20, 50];

    /// <summary>A title or property not seen for this long is forgotten. 1 hour to 400 days; default 30 days.</summary>
    public TimeSpan TitleExpiry { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Titles kept at the most; the least recently seen go first. 1 to 100 million; default 2 million.</summary>
    public int MaximumTitles { get; init; } = 2_000_000;

    /// <summary>Properties kept at the most; new ones with few views go first, then the least recently seen, those with an open incident never. 1 to 1 million; default 10,000.</summary>
    public int MaximumProperties { get; init; } = 10_000;

    /// <summary>Error types told apart within one property; further ones take the place of those not seen for an hour or two, or are counted together as <c>other</c>. 1 to 1000; default 100.</summary>
    public int MaximumErrorTypes { get; init; } = 100;

    internal void Validate(OptionFaults faults)
    {
        faults.Range("Windows:PaneInterval", PaneInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
        faults.Range("Windows:MinimumViews", MinimumViews, 100, 100_000);
        foreach (var views in NestedViews)
            faults.Range("Windows:NestedViews", views, 5, MinimumViews - 1);
        foreach (var views in TitleNestedViews)
            faults.Range("Windows:TitleNestedViews", views, 5, MinimumViews - 1);
        faults.Range("Windows:TitleExpiry", TitleExpiry, TimeSpan.FromHours(1), TimeSpan.FromDays(400));
        faults.Range("Windows:MaximumTitles", MaximumTitles, 1, 100_000_000);
        faults.Range("Windows:MaximumProperties", MaximumProperties, 1, 1_000_000);
        faults.Range("Windows:MaximumErrorTypes", MaximumErrorTypes, 1, 1000);
    }
}
