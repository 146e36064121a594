namespace Rx.Alerting.Service.Advice;

/// <summary>
/// The bounds beyond which advice is given. They are wider for a running service: it sees the begin of a stream, when everything is new,
/// and late views after each outage.
/// </summary>
/// <param name="Records">Fewer records give no advice, because chance may explain them.</param>
/// <param name="LateShare">The share of views that may be late without advice.</param>
/// <param name="RejectedShare">The share of records that may be rejected without advice.</param>
/// <param name="ViewsOfProperties">Fewer views give no advice about the number of properties.</param>
/// <param name="ViewsOfTitles">Fewer views give no advice about the number of titles.</param>
internal sealed record AdviceBounds(long Records, double LateShare, double RejectedShare, long ViewsOfProperties, long ViewsOfTitles)
{
    /// <summary>For a stream that has been read to its end.</summary>
    public static AdviceBounds AtTheEnd { get; } = new(30, 0.01, 0.05, 30, 30);

    /// <summary>For a stream that goes on.</summary>
    public static AdviceBounds Live { get; } = new(30, 0.05, 0.05, 1000, 100_000);
}
