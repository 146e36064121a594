using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Pages;

/// <summary>What the list says of all incidents, whatever is asked for.</summary>
/// <param name="Tree">Which are parts of which.</param>
/// <param name="Open">Open incidents, without parts.</param>
/// <param name="OpenParts">Open parts of these.</param>
/// <param name="All">All incidents that are kept, without parts.</param>
/// <param name="CalmSince">Event time of the latest end of an incident. Null: there is none.</param>
/// <param name="Properties">Properties with incidents, to choose from.</param>
/// <param name="Errors">Error types with incidents, to choose from.</param>
internal sealed record IncidentSurvey(
    IncidentTree Tree,
    int Open,
    int OpenParts,
    int All,
    DateTimeOffset? CalmSince,
    IReadOnlyList<string> Properties,
    IReadOnlyList<string> Errors)
{
    private const int MostChoices = 100;

    public static IncidentSurvey Of(Incident[] all)
    {
        var tree = new IncidentTree(all);
        var whole = Array.FindAll(all, incident => tree.WholeOf(incident) is null);
        var open = whole.Count(incident => incident.Status == IncidentStatus.Open);
        return new(
            tree,
            open,
            all.Count(incident => incident.Status == IncidentStatus.Open) - open,
            whole.Length,
            all.Max(incident => incident.ResolvedAt),
            Choices(all.Select(incident => incident.PropertyId).OfType<string>()),
            Choices(all.Select(incident => incident.ErrorType)));
    }

    private static string[] Choices(IEnumerable<string> values) =>
        [.. values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MostChoices)];
}
