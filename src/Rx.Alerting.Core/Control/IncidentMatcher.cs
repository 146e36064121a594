using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Control;

/// <summary>
/// Which incidents a silence is for. Each part is a text, or a pattern with <c>*</c> for any text and <c>?</c> for one character.
/// </summary>
/// <remarks>A part that is null or <c>*</c> fits every incident. Any other part does not fit an incident without such a value.</remarks>
/// <param name="Property">The property.</param>
/// <param name="Title">The title, by its id or by its text.</param>
/// <param name="ErrorType">The error type.</param>
public sealed record IncidentMatcher(string? Property = null, string? Title = null, string? ErrorType = null)
{
    /// <summary>Whether there is a part at all.</summary>
    public bool HasParts => Property is not null || Title is not null || ErrorType is not null;

    public bool Matches(Incident incident) =>
        MatchesProperty(incident.PropertyId)
        && Fits(ErrorType, incident.ErrorType)
        && (Fits(Title, incident.VideoId) || Fits(Title, incident.VideoTitle));

    internal bool MatchesProperty(string? property) => Fits(Property, property);

    private static bool Fits(string? pattern, string? value) =>
        pattern is null or "*" || (value is not null && Glob.IsMatch(pattern, value));
}
