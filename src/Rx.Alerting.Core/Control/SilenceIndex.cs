using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Control;

/// <summary>
/// Finds the silences of an incident without a look at each silence. A silence is filed under one exact part of its matcher.
/// </summary>
internal sealed class SilenceIndex
{
    private readonly Dictionary<(Part Part, string Value), HashSet<Silence>> exact = [];

    /// <summary>Silences whose matchers have patterns only. Each of them is looked at.</summary>
    private readonly HashSet<Silence> patterns = [];

    private enum Part
    {
        Property,
        Title,
        ErrorType,
    }

    public void Add(Silence silence)
    {
        if (KeyOf(silence.Matcher) is not { } key)
            patterns.Add(silence);
        else if (exact.TryGetValue(key, out var filed))
            filed.Add(silence);
        else
            exact.Add(key, [silence]);
    }

    public void Remove(Silence silence)
    {
        if (KeyOf(silence.Matcher) is not { } key)
            patterns.Remove(silence);
        else if (exact.TryGetValue(key, out var filed) && filed.Remove(silence) && filed.Count == 0)
            exact.Remove(key);
    }

    /// <summary>The silences that match, in the order in which they were made.</summary>
    public List<Silence> Find(Incident incident)
    {
        var found = new List<Silence>();
        Take(Part.Property, incident.PropertyId);
        Take(Part.ErrorType, incident.ErrorType);
        Take(Part.Title, incident.VideoId);
        if (incident.VideoTitle != incident.VideoId)
            Take(Part.Title, incident.VideoTitle);
        TakeMatching(patterns);
        found.Sort((a, b) => a.Sequence.CompareTo(b.Sequence));
        return found;

        void Take(Part part, string? value)
        {
            if (value is not null && exact.TryGetValue((part, value), out var filed))
                TakeMatching(filed);
        }

        void TakeMatching(HashSet<Silence> candidates)
        {
            foreach (var silence in candidates)
            {
                if (silence.Matcher.Matches(incident))
                    found.Add(silence);
            }
        }
    }

    private static (Part Part, string Value)? KeyOf(IncidentMatcher matcher) =>
        IsExact(matcher.Property) ? (Part.Property, matcher.Property!)
        : IsExact(matcher.Title) ? (Part.Title, matcher.Title!)
        : IsExact(matcher.ErrorType) ? (Part.ErrorType, matcher.ErrorType!)
        : null;

    private static bool IsExact(string? part) => part is not null && !Glob.IsGlob(part);
}
