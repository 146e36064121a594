using System.ComponentModel.DataAnnotations;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Core.EventTime;

/// <summary>How far views may be out of order.</summary>
[OptionSection("EventTime")]
public sealed record EventTimeOptions
{
    /// <summary>
    /// How far a view may lag behind the newest view of its partition. A view that lags further is late, and does not count.
    /// </summary>
    [TimeRange("0s", "1d")]
    public TimeSpan MaximumOutOfOrderness { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How far a view may be ahead of its arrival. Where arrival times are not known: ahead of the views around it.</summary>
    [TimeRange("1s", "30d")]
    public TimeSpan MaximumLead { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Only without arrival times: how many following views of the partition confirm or refute a leap beyond <see cref="MaximumLead"/>. A
    /// smaller leap moves time when most of ten times as many views agree.
    /// </summary>
    [Range(1, 1000)]
    public int ConfirmingViews { get; init; } = 9;

    /// <summary>
    /// How far a partition's watermark may run ahead of the merged watermark. A partition further ahead pauses until the others come
    /// nearer.
    /// </summary>
    [TimeRange("1m", "30d")]
    public TimeSpan MaximumDrift { get; init; } = TimeSpan.FromMinutes(10);
}
