using System.ComponentModel.DataAnnotations;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Connectors.Simulation.Scoring;

/// <summary>What counts as found, and what is required.</summary>
[OptionSection("Score")]
public sealed record ScoreOptions
{
    /// <summary>How long after a label's end an incident may still open because of it.</summary>
    [TimeRange("0s", "30d")]
    public TimeSpan Grace { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Affected views from which a property's label must be found.</summary>
    [Range(1, 1_000_000)]
    public int PropertyViews { get; init; } = 300;

    /// <summary>Affected views from which a title's label must be found.</summary>
    [Range(1, 1_000_000)]
    public int TitleViews { get; init; } = 8;

    /// <summary>Share of the property labels that must be found.</summary>
    [Range(0.0, 1)]
    public double RequiredPropertyShare { get; init; } = 0.97;

    /// <summary>Half of the found property labels must be open by this affected view.</summary>
    [Range(1, IncidentLabel.MaximumAffectedAt)]
    public int RequiredPropertyMedian { get; init; } = 20;

    /// <summary>Share of the title labels that must be found.</summary>
    [Range(0.0, 1)]
    public double RequiredTitleShare { get; init; } = 0.95;

    /// <summary>Half of the found title labels must be open by this affected view.</summary>
    [Range(1, IncidentLabel.MaximumAffectedAt)]
    public int RequiredTitleMedian { get; init; } = 8;

    /// <summary>False alarms that are allowed in 100 property-days.</summary>
    [Range(0, 1e6)]
    public double AllowedFalseAlarms { get; init; } = 1;
}
