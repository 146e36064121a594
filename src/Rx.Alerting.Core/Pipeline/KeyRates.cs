namespace Rx.Alerting.Core.Pipeline;

/// <summary>Keys that were asked for.</summary>
/// <param name="Keys">In the order that was asked for.</param>
/// <param name="Total">Number of all keys that fit.</param>
/// <param name="Watermark">The event time up to which views are counted. Null: before the first view.</param>
public sealed record RatePage(IReadOnlyList<KeyRates> Keys, int Total, DateTimeOffset? Watermark);

/// <summary>The error rates of a property, or of a title.</summary>
/// <param name="Property">Its name.</param>
/// <param name="Title">The id of the title. Null: these are the rates of the property.</param>
/// <param name="Views">Views so far.</param>
/// <param name="LastView">Event time up to which its latest view was, to a pane.</param>
/// <param name="WindowViews">Views in its largest window.</param>
/// <param name="WindowErrors">Errors among these views.</param>
/// <param name="ErrorTypes">The error type with most errors in the window first.</param>
public sealed record KeyRates(
    string Property,
    string? Title,
    long Views,
    DateTimeOffset LastView,
    long WindowViews,
    long WindowErrors,
    IReadOnlyList<ErrorTypeRate> ErrorTypes)
{
    /// <summary>In the order that was asked for, a key with a larger number comes first; with the same number, the earlier name.</summary>
    public double Rank { get; init; }
}

/// <summary>The rate of one error type in the largest window.</summary>
/// <param name="ErrorType">Its name.</param>
/// <param name="Views">Views in the window.</param>
/// <param name="Errors">Those that failed with the error type.</param>
/// <param name="Baseline">The rate that is normal, 0–1.</param>
/// <param name="Threshold">The smallest rate that is an anomaly beside what is normal, 0–1.</param>
/// <param name="Deviation">How far the errors are above what is normal, in standard deviations.</param>
/// <param name="LastError">Event time of the latest error, to a pane.</param>
/// <param name="IsHeld">Whether an incident about it is open.</param>
/// <param name="ApartFrom">
/// Of a title: the smallest rate at which it is told apart from its property, 0–1. It is above <paramref name="Threshold"/> while
/// the whole property fails, as a title that fails like all others is no incident of its own. Null: it is the threshold.
/// </param>
public readonly record struct ErrorTypeRate(
    string ErrorType,
    long Views,
    long Errors,
    double Baseline,
    double Threshold,
    double Deviation,
    DateTimeOffset LastError,
    bool IsHeld,
    double? ApartFrom = null)
{
    /// <summary>What the rate is, 0–1.</summary>
    public double Error => Views == 0 ? 0 : (double)Errors / Views;
}
