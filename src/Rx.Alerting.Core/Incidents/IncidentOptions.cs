using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Core.Incidents;

/// <summary>Section <c>Incidents</c>: which anomalies are worth a person's time, and when they are over.</summary>
public sealed record IncidentOptions
{
    /// <summary>Fewest affected views per hour for an incident to open: the impact floor. 0 to 1 million; default 0, no floor.</summary>
    public double MinimumAffectedViewsPerHour { get; init; }

    /// <summary>Affected views from which an incident is an alert, if also <see cref="AlertAffectedViewsPerHour"/>. 1 to 1 billion; default 50.</summary>
    public long AlertAffectedViews { get; init; } = 50;

    /// <summary>Affected views per hour from which an incident is an alert. 0 to 1 billion; default 20.</summary>
    public double AlertAffectedViewsPerHour { get; init; } = 20;

    /// <summary>Latest views of a property that closing looks at. 5 to 100,000; default 250.</summary>
    public int ClosingViews { get; init; } = 250;

    /// <summary>Views of a property between two evaluations that may close its incident; of a title every view counts. 1 to 100,000; default 50.</summary>
    public int ClosingStep { get; init; } = 50;

    /// <summary>Calm evaluations in a row that close a property's incident. 1 to 1000; default 3.</summary>
    public int ClosingEvaluations { get; init; } = 3;

    /// <summary>Latest views of a title that closing looks at. 5 to 100,000; default 20.</summary>
    public int TitleClosingViews { get; init; } = 20;

    /// <summary>Calm evaluations in a row that close a title's incident. 1 to 1000; default 20.</summary>
    public int TitleClosingEvaluations { get; init; } = 20;

    /// <summary>Upper tail probability above which an evaluation is calm. 1e-6 to 0.5; default 0.01.</summary>
    public double ClosingProbability { get; init; } = 0.01;

    /// <summary>An incident whose property or title has had no view for this long expires. 1 minute to 400 days; default 1 day.</summary>
    public TimeSpan ExpireAfterSilence { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Shortest event time between two updates of an incident; a higher severity is told at once. 1 second to 1 day; default 5 minutes.</summary>
    public TimeSpan UpdateInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Points kept in an incident's timeline; when full, every second one goes. 8 to 10,000; default 60.</summary>
    public int TimelinePoints { get; init; } = 60;

    /// <summary>Incidents that can be asked for, also after a restart; beyond, those resolved longest ago are forgotten, open ones never. 1 to 1 million; default 10,000.</summary>
    public int MaximumHistory { get; init; } = 10_000;

    internal void Validate(OptionFaults faults)
    {
        faults.Range("Incidents:MinimumAffectedViewsPerHour", MinimumAffectedViewsPerHour, 0, 1e6);
        faults.Range("Incidents:AlertAffectedViews", AlertAffectedViews, 1, 1_000_000_000);
        faults.Range("Incidents:AlertAffectedViewsPerHour", AlertAffectedViewsPerHour, 0, 1e9);
        faults.Range("Incidents:ClosingViews", ClosingViews, 5, 100_000);
        faults.Range("Incidents:ClosingStep", ClosingStep, 1, 100_000);
        faults.Range("Incidents:ClosingEvaluations", ClosingEvaluations, 1, 1000);
        faults.Range("Incidents:TitleClosingViews", TitleClosingViews, 5, 100_000);
        faults.Range("Incidents:TitleClosingEvaluations", TitleClosingEvaluations, 1, 1000);
        faults.Range("Incidents:ClosingProbability", ClosingProbability, 1e-6, 0.5);
        faults.Range("Incidents:ExpireAfterSilence", ExpireAfterSilence, TimeSpan.FromMinutes(1), TimeSpan.FromDays(400));
        faults.Range("Incidents:UpdateInterval", UpdateInterval, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        faults.Range("Incidents:TimelinePoints", TimelinePoints, 8, 10_000);
        faults.Range("Incidents:MaximumHistory", MaximumHistory, 1, 1_000_000);
    }
}
