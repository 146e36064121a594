using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Connectors.Simulation.Scoring;

/// <summary>What counts as found, and what is required.</summary>
public sealed record ScoreOptions
{
    /// <summary>How long after a label's end an incident may still open because of it. 0 to 30 days; default 1 hour.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Affected views from which a property's label must be found. 1 to 1 million; default 300.</summary>
    public int PropertyViews { get; init; } = 300;

    /// <summary>Affected views from which a title's label must be found. 1 to 1 million; default 8.</summary>
    public int TitleViews { get; init; } = 8;

    /// <summary>Share of the property labels that must be found, 0–1; default 0.97.</summary>
    public double RequiredPropertyShare { get; init; } = 0.97;

    /// <summary>Half of those must be open by this affected view. 1 to 500; default 20.</summary>
    public int RequiredPropertyMedian { get; init; } = 20;

    /// <summary>Share of the title labels that must be found, 0–1; default 0.95.</summary>
    public double RequiredTitleShare { get; init; } = 0.95;

    /// <summary>Half of those must be open by this affected view. 1 to 500; default 8.</summary>
    public int RequiredTitleMedian { get; init; } = 8;

    /// <summary>False alarms in 100 property-days at the most. 0 to 1 million; default 1.</summary>
    public double AllowedFalseAlarms { get; init; } = 1;

    /// <summary>Every fault, each as a sentence that begins with the option's key; empty when all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new OptionFaults();
        faults.Range("Score:Grace", Grace, TimeSpan.Zero, TimeSpan.FromDays(30));
        faults.Range("Score:PropertyViews", PropertyViews, 1, 1_000_000);
        faults.Range("Score:TitleViews", TitleViews, 1, 1_000_000);
        faults.Range("Score:RequiredPropertyShare", RequiredPropertyShare, 0, 1);
        faults.Range("Score:RequiredPropertyMedian", RequiredPropertyMedian, 1, IncidentLabel.MaximumAffectedAt);
        faults.Range("Score:RequiredTitleShare", RequiredTitleShare, 0, 1);
        faults.Range("Score:RequiredTitleMedian", RequiredTitleMedian, 1, IncidentLabel.MaximumAffectedAt);
        faults.Range("Score:AllowedFalseAlarms", AllowedFalseAlarms, 0, 1e6);
        return faults.All;
    }
}
