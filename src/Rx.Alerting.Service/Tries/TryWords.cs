using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Service.Pages;

namespace Rx.Alerting.Service.Tries;

/// <summary>What a run has found, in words.</summary>
internal static class TryWords
{
    /// <summary>What has become of a run: <c>3 incidents, 9 in force</c>.</summary>
    public static string Outcome(TriedRun run) => run switch
    {
        { Failure: not null } => "has failed",
        { Result: null } => $"under way, {IncidentWords.Percent(run.Share)}",
        { Result: { HasCompared: false } } => "nothing was compared",
        { Result: { } result } => $"{Count(result.Tried)}; with those in force {IncidentWords.Count(result.Current.Incidents.Count)}",
    };

    public static string Count(TriedIncidents incidents) => PageWords.Count(incidents.Incidents.Count, "incident");

    /// <summary>How an incident has ended, after how long it lasted: the sign alone would stand beside the time of its begin.</summary>
    public static string End(Incident incident) =>
        incident.AcceptedAsNormal ? "taken as normal"
        : incident.Status == IncidentStatus.Expired ? "expired"
        : "closed";

    /// <summary>What else is to be said of a count: its alerts and warnings, and what is not counted.</summary>
    public static string Kinds(TriedIncidents incidents)
    {
        string?[] counted =
        [
            incidents.Alerts > 0 ? PageWords.Count(incidents.Alerts, "alert") : null,
            incidents.Warnings > 0 ? PageWords.Count(incidents.Warnings, "warning") : null,
        ];
        string?[] others =
        [
            incidents.Parts > 0 ? PageWords.Count(incidents.Parts, "part of these", "parts of these") : null,
            incidents.Before > 0 ? $"{IncidentWords.Count(incidents.Before)} that had opened before" : null,
        ];
        var said = string.Join(", ", counted.OfType<string>());
        var left = string.Join(", ", others.OfType<string>());
        return left.Length == 0 ? said : $"{said}{(said.Length > 0 ? "; " : null)}not counted: {left}";
    }

    /// <summary>Why a run ended before everything was read, as a clause. Null: everything was.</summary>
    public static string? WhyEnded(TryEnd end, TryOptions bounds) => end switch
    {
        TryEnd.Views => $"stopped after {IncidentWords.Count(bounds.MaximumViews)} views (Try:MaximumViews)",
        TryEnd.Time => $"stopped after {Duration.Format(bounds.MaximumTime)} (Try:MaximumTime)",
        TryEnd.Memory => $"stopped because memory had grown by {IncidentWords.Count(bounds.MaximumMegabytes)} MB (Try:MaximumMegabytes)",
        TryEnd.Stalled => "stopped because the source gave nothing for half a minute",
        TryEnd.Cancelled => "cancelled",
        _ => null,
    };

    /// <summary>Why there are no numbers, as a sentence.</summary>
    public static string WhyNothing(TryResult result, bool seesAll, TryProgress progress) => result switch
    {
        { First: null } when result.End == TryEnd.Whole =>
            "No view of that time can be read again: the source does not have it any more, or cannot be read twice, as a pipe.",
        { First: null } => "It came to no view of that time.",
        { LatestOfProperty: null } when seesAll =>
            $"None of the {IncidentWords.Views(progress.Views)} that were read is of this property. Names must be as in the views.",
        { LatestOfProperty: null } => "No view that was read is of this property.",
        _ when result.Until <= result.From => "It ended before it had learned enough to compare.",
        _ => "The property had no view in the time to be compared.",
    };

    /// <summary>Why what was told differs from what the options in force give now.</summary>
    public static IEnumerable<string> WhyOpened(TriedRun run, TryResult result)
    {
        yield return "The service has learned for longer than the run, and knew more of what is normal.";
        yield return "Options, or what people did (close, forget, pause), may have been others in that time.";
        yield return "The service keeps the latest incidents only (Incidents:MaximumHistory).";
        if (result.Until < run.To)
            yield return "The run did not read everything.";
    }
}
