using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Core.Detection;

/// <summary>Section <c>Detection</c>: when an observation is an anomaly.</summary>
public sealed record DetectionOptions
{
    /// <summary>Largest upper tail probability of an anomaly under its baseline. 1e-15 to 0.1; default 1e-6.</summary>
    public double TailProbability { get; init; } = 1e-6;

    /// <summary>Smallest ratio of an anomaly's error rate to the expected one. 1 to 100; default 1.5.</summary>
    public double MinimumRatio { get; init; } = 1.5;

    /// <summary>Fewest errors of an anomaly. 1 to 1 million; default 5.</summary>
    public int MinimumErrors { get; init; } = 5;

    /// <summary>Fewest errors above the expected number. 0 to 1 million; default 4.</summary>
    public double MinimumExcess { get; init; } = 4;

    internal void Validate(OptionFaults faults)
    {
        faults.Range("Detection:TailProbability", TailProbability, 1e-15, 0.1);
        faults.Range("Detection:MinimumRatio", MinimumRatio, 1, 100);
        faults.Range("Detection:MinimumErrors", MinimumErrors, 1, 1_000_000);
        faults.Range("Detection:MinimumExcess", MinimumExcess, 0, 1e6);
    }
}
