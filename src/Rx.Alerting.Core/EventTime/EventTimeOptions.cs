using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Core.EventTime;

/// <summary>Section <c>EventTime</c>: how far views may be out of order.</summary>
public sealed record EventTimeOptions
{
    /// <summary>How far a view may lag behind the newest of its partition without being late. 0 to 1 day; default 2 minutes.</summary>
    public TimeSpan MaximumOutOfOrderness { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How far ahead of its arrival, or of the views around it, a view may be. 1 second to 30 days; default 1 hour.</summary>
    public TimeSpan MaximumLead { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Without arrival times: how many following views of the partition confirm or refute a leap beyond the lead; a leap within it moves time when most of ten times as many agree. 1 to 1000; default 9.</summary>
    public int ConfirmingViews { get; init; } = 9;

    /// <summary>How far the watermark of a partition may run ahead of the merged one before it is not read on until the others have come nearer. 1 minute to 30 days; default 10 minutes.</summary>
    public TimeSpan MaximumDrift { get; init; } = TimeSpan.FromMinutes(10);

    internal void Validate(OptionFaults faults)
    {
        faults.Range("EventTime:MaximumOutOfOrderness", MaximumOutOfOrderness, TimeSpan.Zero, TimeSpan.FromDays(1));
        faults.Range("EventTime:MaximumLead", MaximumLead, TimeSpan.FromSeconds(1), TimeSpan.FromDays(30));
        faults.Range("EventTime:ConfirmingViews", ConfirmingViews, 1, 1000);
        faults.Range("EventTime:MaximumDrift", MaximumDrift, TimeSpan.FromMinutes(1), TimeSpan.FromDays(30));
    }
}
