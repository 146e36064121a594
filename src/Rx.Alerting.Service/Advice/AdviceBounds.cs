namespace Rx.Alerting.Service.Advice;

/// <summary>From where on something is said. A service sees the begin of a stream, when everything is new, and late views after each outage.</summary>
/// <param name="Records">Of fewer records nothing is said: chance may do anything.</param>
/// <param name="LateShare">The part of the views that may be late without a word.</param>
/// <param name="RejectedShare">The part of the records that may be rejected without a word.</param>
/// <param name="ViewsOfProperties">Views before the number of properties says something.</param>
/// <param name="ViewsOfTitles">Views before the number of titles says something.</param>
internal sealed record AdviceBounds(long Records, double LateShare, double RejectedShare, long ViewsOfProperties, long ViewsOfTitles)
{
    /// <summary>Of a stream that has been read to its end.</summary>
    public static AdviceBounds AtTheEnd { get; } = new(30, 0.01, 0.05, 30, 30);

    /// <summary>Of a stream that goes on.</summary>
    public static AdviceBounds Live { get; } = new(30, 0.05, 0.05, 1000, 100_000);
}
