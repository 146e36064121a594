using System.ComponentModel.DataAnnotations;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Core.Windows;

/// <summary>Panes, nested windows, and how many keys are kept.</summary>
[OptionSection("Windows")]
public sealed record WindowOptions : IValidatableObject
{
    /// <summary>Event time that one pane covers.</summary>
    [TimeRange("100ms", "1h")]
    public TimeSpan PaneInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Views in the largest window of a key. Incidents show the error rate of this window.</summary>
    [Range(100, 100_000)]
    public int MinimumViews { get; init; } = 1000;

    /// <summary>Views in the smaller windows of properties and titles. Each must be less than <see cref="MinimumViews"/>.</summary>
    [Range(5, 99_999)]
    public IReadOnlyList<int> NestedViews { get; init; } = [20, 50, 100, 200, 500];

    /// <summary>Views in further windows, which only titles have. Each must be less than <see cref="MinimumViews"/>.</summary>
    [Range(5, 99_999)]
    public IReadOnlyList<int> TitleNestedViews { get; init; } = [20, 50];

    /// <summary>A title or property without a view for this long is forgotten.</summary>
    [TimeRange("1h", "400d")]
    public TimeSpan TitleExpiry { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Titles that are kept. Beyond that, the least recently seen titles are forgotten.</summary>
    [Range(1, 100_000_000)]
    public int MaximumTitles { get; init; } = 2_000_000;

    /// <summary>
    /// Properties that are kept. Beyond that, new properties with few views are forgotten first, then the least recently seen. A property
    /// with an open incident is always kept.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaximumProperties { get; init; } = 10_000;

    /// <summary>
    /// Error types that are told apart within one property. A further error type takes the place of one that was not seen for an hour or
    /// two. If there is none, the further error type counts as <c>other</c>.
    /// </summary>
    [Range(1, 1000)]
    public int MaximumErrorTypes { get; init; } = 100;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        [.. NotNested(NestedViews, nameof(NestedViews)), .. NotNested(TitleNestedViews, nameof(TitleNestedViews))];

    private IEnumerable<ValidationResult> NotNested(IReadOnlyList<int> windows, string option) =>
        from views in windows
        where views >= MinimumViews
        select new ValidationResult($"is {views}, must be less than {nameof(MinimumViews)}, {MinimumViews}", [option]);
}
