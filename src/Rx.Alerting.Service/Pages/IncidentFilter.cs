using System.Globalization;
using System.Runtime.CompilerServices;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Pages;

/// <summary>Which incidents the list shows, in which order: all of it is in the address, so it can be linked.</summary>
public sealed record IncidentFilter
{
    /// <summary>Incidents on a page; their parts are not counted.</summary>
    public const int OnPage = 50;

    private const int MostLetters = 200;

    /// <summary>What is searched. An incident that changes is another object.</summary>
    private static readonly ConditionalWeakTable<Incident, string> SearchTexts = [];

    private readonly string capitals = string.Empty;

    /// <summary>Whether incidents that are over are shown, too.</summary>
    public bool All { get; init; }

    public string Property { get; init; } = string.Empty;

    public string Error { get; init; } = string.Empty;

    /// <summary>Part of any text of an incident.</summary>
    public string Text
    {
        get;
        init => (field, capitals) = (value, value.ToUpperInvariant());
    } = string.Empty;

    public IncidentSeverity? Severity { get; init; }

    public IncidentLevel? Level { get; init; }

    public IncidentSort Sort { get; init; }

    public int Page { get; init; } = 1;

    /// <summary>What could not be understood, and is not looked at, as sentences.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>Whether less is shown than there is.</summary>
    public bool IsNarrow => Property.Length + Error.Length + Text.Length > 0 || Severity is not null || Level is not null;

    public static IncidentFilter Parse(IQueryCollection query)
    {
        var faults = new List<string>();
        var show = Word(query, "show");
        if (show is not ("" or "open" or "all"))
            faults.Add("show must be open or all.");
        return new()
        {
            All = show == "all",
            Property = Word(query, "property"),
            Error = Word(query, "error"),
            Text = Word(query, "q"),
            Severity = Member<IncidentSeverity>(query, "severity", faults),
            Level = Member<IncidentLevel>(query, "level", faults),
            Sort = Member<IncidentSort>(query, "sort", faults) ?? IncidentSort.Severity,
            Page = Number(query, faults),
            Faults = faults,
        };
    }

    /// <summary>The address of the list like this one.</summary>
    public string Address
    {
        get
        {
            (string Name, string Value)[] all =
            [
                ("show", All ? "all" : string.Empty),
                ("property", Property),
                ("severity", Name(Severity)),
                ("level", Name(Level)),
                ("error", Error),
                ("q", Text),
                ("sort", Sort == IncidentSort.Severity ? string.Empty : Name(Sort)),
                ("page", Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : string.Empty),
            ];
            var set = all.Where(pair => pair.Value.Length > 0).Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value)}").ToList();
            return set.Count == 0 ? "/" : $"/?{string.Join('&', set)}";
        }
    }

    public bool Matches(Incident incident) =>
        (All || incident.Status == IncidentStatus.Open)
        && (Severity is null || incident.Severity == Severity)
        && (Level is null || incident.Level == Level)
        && (Property.Length == 0 || incident.PropertyId == Property)
        && (Error.Length == 0 || incident.ErrorType == Error)
        && (Text.Length == 0 || HasText(incident));

    /// <summary>The name of a value in an address.</summary>
    public static string Name(Enum? value) => value?.ToString().ToLowerInvariant() ?? string.Empty;

    private bool HasText(Incident incident) =>
        SearchTexts.GetValue(incident, TextsOf).Contains(capitals, StringComparison.Ordinal);

    /// <summary>
    /// All texts of an incident in one, in capital letters: so a search looks into one place of memory for each incident, and compares
    /// many letters at once.
    /// </summary>
    private static string TextsOf(Incident incident)
    {
        string?[] texts =
        [
            incident.PropertyId, incident.VideoTitle, incident.VideoId, incident.ErrorType, incident.ErrorDescription, incident.Id,
            .. incident.Explanations.SelectMany(explanation => explanation.Dimensions, (_, dimension) => dimension.Value),
        ];
        return string.Join('\n', texts).ToUpperInvariant();
    }

    private static string Word(IQueryCollection query, string name) =>
        query[name] is [{ } text, ..] ? IncidentWords.Cut(text.Trim(), MostLetters) : string.Empty;

    private static T? Member<T>(IQueryCollection query, string name, List<string> faults)
        where T : struct, Enum
    {
        var word = Word(query, name);
        foreach (var value in Enum.GetValues<T>())
        {
            if (Name(value) == word)
                return value;
        }

        if (word.Length > 0)
            faults.Add($"{name} must be one of {string.Join(", ", Enum.GetValues<T>().Select(value => Name(value)))}.");
        return null;
    }

    private static int Number(IQueryCollection query, List<string> faults)
    {
        var word = Word(query, "page");
        if (word.Length == 0)
            return 1;
        if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and < 1_000_000)
            return number;
        faults.Add("page must be a whole number from 1.");
        return 1;
    }
}

/// <summary>Orders of the list.</summary>
public enum IncidentSort
{
    /// <summary>Open ones first, then alerts, then those that affect the most views an hour.</summary>
    Severity,

    /// <summary>The latest first.</summary>
    Newest,

    /// <summary>The oldest first.</summary>
    Oldest,

    /// <summary>The most affected views first.</summary>
    Views,

    /// <summary>The most affected views an hour first.</summary>
    Impact,

    /// <summary>The highest error rate first.</summary>
    Rate,
}
