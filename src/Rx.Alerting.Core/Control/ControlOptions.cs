using System.ComponentModel.DataAnnotations;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Core.Control;

/// <summary>What people may decide about incidents, and what is remembered of it.</summary>
[OptionSection("Control")]
public sealed record ControlOptions
{
    /// <summary>Silences and maintenance windows at a time, those included that are yet to begin. More of them are refused.</summary>
    [Range(1, 1_000_000)]
    public int MaximumSilences { get; init; } = 10_000;

    /// <summary>The longest silence, and the longest time until it begins. A maintenance window is not longer, either.</summary>
    [TimeRange("1m", "3650d")]
    public TimeSpan LongestSilence { get; init; } = TimeSpan.FromDays(365);

    /// <summary>How long before the end of a silence its open incidents say so, in event time.</summary>
    [TimeRange("1s", "7d")]
    public TimeSpan EndsSoon { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Commands whose outcome is remembered, the latest ones. A remembered command that comes again does nothing, and has the same
    /// outcome.
    /// </summary>
    [Range(100, 1_000_000)]
    public int RememberedCommands { get; init; } = 10_000;

    /// <summary>Lines of the audit trail of an incident. When the trail is full, its middle is dropped.</summary>
    [Range(10, 10_000)]
    public int TrailEntries { get; init; } = 100;
}
