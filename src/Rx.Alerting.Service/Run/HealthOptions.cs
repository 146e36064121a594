using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Service.Run;

/// <summary>When the service is ready.</summary>
[OptionSection("Health")]
internal sealed record HealthOptions
{
    /// <summary>
    /// The service is not ready while reading is further behind than this, by the source's own measure (Kinesis) or by event time. A
    /// pipeline that has been read to its end is not behind. <c>0s</c>: any lag is ready, as the API answers all the same.
    /// </summary>
    [TimeRange("0s", "7d")]
    public TimeSpan MaximumLag { get; init; }
}
