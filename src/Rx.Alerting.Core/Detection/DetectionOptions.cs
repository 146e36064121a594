using System.ComponentModel.DataAnnotations;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Core.Detection;

/// <summary>When an observation is an anomaly.</summary>
[OptionSection("Detection")]
public sealed record DetectionOptions
{
    /// <summary>An anomaly's errors have at most this upper tail probability under the baseline.</summary>
    [Adjustable]
    [Range(1e-15, 0.1)]
    public double TailProbability { get; init; } = 5e-7;

    /// <summary>An anomaly's error rate is at least this many times the expected error rate.</summary>
    [Adjustable]
    [Range(1.0, 100)]
    public double MinimumRatio { get; init; } = 1.5;

    /// <summary>An anomaly has at least this many errors.</summary>
    [Adjustable]
    [Range(1, 1_000_000)]
    public int MinimumErrors { get; init; } = 5;

    /// <summary>
    /// A title explains its property's anomaly only if the rest of the property is better: at the title's rate, so few errors have at most
    /// this probability.
    /// </summary>
    [Adjustable]
    [Range(1e-6, 0.5)]
    public double WorseProbability { get; init; } = 0.01;

    /// <summary>An anomaly has at least this many errors more than expected.</summary>
    [Adjustable]
    [Range(0, 1e6)]
    public double MinimumExcess { get; init; } = 4;
}
