using Rx.Alerting.Core.Explanations;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Pages;

/// <summary>Slices of views in words.</summary>
internal static class SliceWords
{
    /// <summary>Such as <c>CDN fastly, country BR</c>.</summary>
    public static string Of(Explanation explanation) =>
        string.Join(", ", explanation.Dimensions.Select(dimension => $"{Name(dimension.Name)} {IncidentWords.Printable(dimension.Value)}"));

    /// <summary>What explains an incident, in a line of a list. Null: nothing is known, or no slice stands out.</summary>
    public static string? Cause(Incident incident) => incident switch
    {
        { ExplainedBy: ExplainedBy.Cause, Explanations: [var best, ..] } => $"{Of(best)}: {Share(best)}",
        { ExplainedBy: ExplainedBy.OneOf, Explanations: [var best, ..] } => $"perhaps {Of(best)}: {Share(best)}",
        _ => null,
    };

    /// <summary>A dimension as people say it.</summary>
    public static string Name(string dimension) => dimension switch
    {
        "cdn" => "CDN",
        "asn" => "network",
        _ => IncidentWords.Printable(dimension).Replace('_', ' '),
    };

    public static string Share(Explanation explanation) =>
        FormattableString.Invariant($"{explanation.Share * 100:0} % of the excess, {IncidentWords.Times(explanation.Lift)} × normal");
}
