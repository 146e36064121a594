using System.ComponentModel.DataAnnotations;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Core.Incidents;

/// <summary>Which anomalies are worth a person's time, and when incidents are over.</summary>
[OptionSection("Incidents")]
public sealed record IncidentOptions
{
    /// <summary>
    /// The impact floor: an incident opens only with this many affected views per hour, and expires when it has fewer. With 0 there is no
    /// floor.
    /// </summary>
    [Adjustable]
    [Range(0, 1e6)]
    public double MinimumAffectedViewsPerHour { get; init; }

    /// <summary>
    /// An incident with this many affected views is an alert if <see cref="AlertAffectedViewsPerHour"/> is reached, too. Otherwise it is
    /// a warning.
    /// </summary>
    [Adjustable]
    [Range(1, 1e9)]
    public long AlertAffectedViews { get; init; } = 50;

    /// <summary>
    /// An incident with this many affected views per hour is an alert if <see cref="AlertAffectedViews"/> is reached, too.
    /// </summary>
    [Adjustable]
    [Range(0, 1e9)]
    public double AlertAffectedViewsPerHour { get; init; } = 20;

    /// <summary>Latest views of a property that tell whether its incident is calm.</summary>
    [Adjustable]
    [Range(5, 100_000)]
    public int ClosingViews { get; init; } = 250;

    /// <summary>Views of a property between two evaluations that may close its incident. A title is evaluated at every view.</summary>
    [Adjustable]
    [Range(1, 100_000)]
    public int ClosingStep { get; init; } = 50;

    /// <summary>So many calm evaluations in a row close a property's incident.</summary>
    [Adjustable]
    [Range(1, 1000)]
    public int ClosingEvaluations { get; init; } = 3;

    /// <summary>Latest views of a title that tell whether its incident is calm.</summary>
    [Adjustable]
    [Range(5, 100_000)]
    public int TitleClosingViews { get; init; } = 20;

    /// <summary>So many calm evaluations in a row close a title's incident.</summary>
    [Adjustable]
    [Range(1, 1000)]
    public int TitleClosingEvaluations { get; init; } = 20;

    /// <summary>An evaluation is calm if its errors have more than this upper tail probability.</summary>
    [Adjustable]
    [Range(1e-6, 0.5)]
    public double ClosingProbability { get; init; } = 0.01;

    /// <summary>
    /// An incident also closes when no more views fail than is normal for this long. A sixth of it suffices where there are many views.
    /// After twice this time without a failure, an incident with too few views to tell expires.
    /// </summary>
    [TimeRange("6m", "1d")]
    public TimeSpan CalmTime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// What breaks again within this time after its incident ended re-opens it. 0: six times the time for which the incident had to be
    /// calm, at least 30 minutes, at most 6 hours. That time doubles with each re-opening.
    /// </summary>
    [TimeRange("0s", "30d")]
    public TimeSpan ReopenWithin { get; init; }

    /// <summary>So many titles of a property that break within an hour are an incident of the property.</summary>
    [Adjustable]
    [Range(2, 1_000_000)]
    public int SeveralTitles { get; init; } = 3;

    /// <summary>
    /// So many properties that break with the same error type within <see cref="PlatformWithin"/> are an incident of the platform.
    /// </summary>
    [Adjustable]
    [Range(2, 1_000_000)]
    public int PlatformProperties { get; init; } = 5;

    /// <summary>Event time within which <see cref="PlatformProperties"/> break. 0: there are no incidents of the platform.</summary>
    [Adjustable]
    [TimeRange("0s", "1d")]
    public TimeSpan PlatformWithin { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// An incident expires when its property or title has had no view for this long. Not longer than <c>Windows:TitleExpiry</c>.
    /// </summary>
    [Adjustable]
    [TimeRange("1m", "400d")]
    public TimeSpan ExpireAfterSilence { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Shortest event time between two updates that say that affected views have doubled.</summary>
    [Adjustable]
    [TimeRange("1s", "1d")]
    public TimeSpan UpdateInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Points that are kept in an incident's timeline. When the timeline is full, every second point is dropped.</summary>
    [Range(8, 10_000)]
    public int TimelinePoints { get; init; } = 60;

    /// <summary>
    /// Incidents that can be asked for, also after a restart. Beyond that, the incidents that were resolved longest ago are forgotten.
    /// Open incidents are always kept.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaximumHistory { get; init; } = 10_000;
}
