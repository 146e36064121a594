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
    public double AllowedFalseAlarms { get; init; } = 0.5;

    /// <summary>Half of the found labels may be told by so many incidents.</summary>
    [Range(1, 1_000_000)]
    public int AllowedIncidentsMedian { get; init; } = 1;

    /// <summary>Nineteen in twenty of the found labels may be told by so many incidents.</summary>
    [Range(1, 1_000_000)]
    public int AllowedIncidentsP95 { get; init; } = 2;

    /// <summary>Half of the incidents must end so soon after their label.</summary>
    [TimeRange("0s", "365d")]
    public TimeSpan AllowedEndMedian { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>Nine in ten of the incidents must end so soon after their label.</summary>
    [TimeRange("0s", "365d")]
    public TimeSpan AllowedEndP90 { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Views in the two hours after a title's label from which the end of its incident counts.</summary>
    [Range(0, 1_000_000)]
    public int TitleViewsAfter { get; init; } = 30;

    /// <summary>Half of the incidents that people see may change so many times.</summary>
    [Range(1, 1_000_000)]
    public int AllowedChangesMedian { get; init; } = 10;

    /// <summary>Share of the properties' incidents that may tell of one broken title only.</summary>
    [Range(0.0, 1)]
    public double AllowedExplainedShare { get; init; } = 0.02;

    /// <summary>Views of the property, from the start to the end of a label, from which its slice must be named.</summary>
    [Range(1, 1_000_000)]
    public int SliceViews { get; init; } = 1000;

    /// <summary>Lift of a label's slice from which it must be named: its rate of the error type over the property's normal rate.</summary>
    [Range(1, 1e6)]
    public double SliceLift { get; init; } = 5;

    /// <summary>Share of the found labels with such a slice whose slice must be named first.</summary>
    [Range(0.0, 1)]
    public double RequiredSliceShare { get; init; } = 0.95;

    /// <summary>Share of the found property labels without a slice for which no slice may be named.</summary>
    [Range(0.0, 1)]
    public double RequiredNoSliceShare { get; init; } = 0.95;
}
