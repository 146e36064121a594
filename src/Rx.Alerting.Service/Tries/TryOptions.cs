using System.ComponentModel.DataAnnotations;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Service.Tries;

/// <summary>
/// How much it may cost to try other options of a property (docs/pages.md). At a bound, a run ends and tells how far it came.
/// </summary>
[OptionSection("Try")]
internal sealed record TryOptions
{
    /// <summary>Views of all properties that a run reads at most. Views from before the time that is asked for do not count.</summary>
    [Range(1_000, 100_000_000_000)]
    public long MaximumViews { get; init; } = 20_000_000;

    /// <summary>How long a run may take.</summary>
    [TimeRange("1s", "1d")]
    public TimeSpan MaximumTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// By how many megabytes the memory in use may grow while a run goes on. A run needs about twice what the pipeline's own state takes.
    /// </summary>
    [Range(16, 1_000_000)]
    public int MaximumMegabytes { get; init; } = 1024;

    /// <summary>Results that are kept in memory. The oldest goes first, and a restart forgets them all.</summary>
    [Range(1, 1000)]
    public int Kept { get; init; } = 20;
}
