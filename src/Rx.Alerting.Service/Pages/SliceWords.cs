using Rx.Alerting.Core.Explanations;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Pages;

/// <summary>Slices of views in words.</summary>
internal static class SliceWords
{
    /// <summary>Such as <c>CDN fastly, country BR</c>.</summary>
    public static string Of(Explanation explanation) =>
        string.Join(", ", explanation.Dimensions.Select(dimension => $"{Name(dimension.Name)} {IncidentWords.Printable(dimension.Value)}"));

    /// <summary>What explains an incident, in a line of a list; or that nothing does, or not yet.</summary>
    public static string Cause(Incident incident) => incident switch
    {
        { ExplainedBy: ExplainedBy.Cause, Explanations: [var best, ..] } => $"Cause: {Of(best)}. {Share(best)}",
        { ExplainedBy: ExplainedBy.OneOf, Explanations: [var best, ..] } => $"Possible cause, one of several: {Of(best)}. {Share(best)}",
        { ExplainedBy: ExplainedBy.None } => "No slice of the views stands out",
        { Level: IncidentLevel.Platform } => "Cause: see its parts",
        { Status: IncidentStatus.Open } => $"Cause not known yet: {Lacking(incident)}",
        _ => $"Cause not known: {Lacking(incident)}",
    };

    /// <summary>
    /// Why nothing is known of what explains an incident, as a clause. A part of another one is not looked at; and of views some are kept
    /// as a sample, so more may have failed than there are to compare.
    /// </summary>
    public static string Lacking(Incident incident) => incident switch
    {
        { Inhibited: true } => "it is part of another incident, whose cause is told there",
        { AffectedViews: < SliceRanking.FewestFailures } =>
            $"{IncidentWords.Views(incident.AffectedViews)} failed, and it takes {SliceRanking.FewestFailures} to compare",
        _ => $"fewer than {SliceRanking.FewestFailures} of its failed views are in the sample that is compared",
    };

    /// <summary>A dimension as people say it.</summary>
    public static string Name(string dimension) => dimension switch
    {
        "cdn" => "CDN",
        "asn" => "network",
        _ => IncidentWords.Printable(dimension).Replace('_', ' '),
    };

    /// <summary>How much a slice explains: <c>71 % of the additional failures, 6.1 × its normal rate</c>.</summary>
    public static string Share(Explanation explanation) => FormattableString.Invariant(
        $"{explanation.Share * 100:0} % of the additional failures, {IncidentWords.Times(explanation.Lift)} × its normal rate");
}
