using System.Globalization;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Api;

namespace Rx.Alerting.Service.Pages.Rates;

/// <summary>Which properties or titles a page shows, in which order: all of it is in the address, so it can be linked.</summary>
public sealed record RateFilter
{
    public const string Root = "/properties";

    /// <summary>The parameter that names a property whose name would not survive as a part of a path.</summary>
    public const string NameParameter = "name";

    /// <summary>Keys on a page.</summary>
    public const int OnPage = 25;

    private const int MostLetters = 200;

    /// <summary>The property whose titles are shown. Null: properties are.</summary>
    public string? Property { get; init; }

    /// <summary>Part of a name.</summary>
    public string Text { get; init; } = string.Empty;

    public KeyOrder Order { get; init; }

    public int Page { get; init; } = 1;

    /// <summary>What could not be understood, and is not looked at, as sentences.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>Pages beyond are not shown: nobody reads so far, and the search by name finds everything.</summary>
    public static int MostPages => RateQuestion.MaximumReach / OnPage;

    public static RateFilter Parse(IQueryCollection query, string? property)
    {
        var faults = new List<string>();
        var (order, page) = (Word(query, "sort"), Word(query, "page"));
        KeyOrder? known = null;
        foreach (var one in Enum.GetValues<KeyOrder>())
            known = Name(one) == order ? one : known;
        if (order.Length > 0 && known is null)
            faults.Add($"sort must be one of {string.Join(", ", Enum.GetValues<KeyOrder>().Select(Name))}.");
        var number = 1;
        if (page.Length > 0 && (!int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out number)
            || number < 1 || number > MostPages))
        {
            number = 1;
            faults.Add($"page must be a whole number from 1 to {MostPages}.");
        }

        return new() { Property = property, Text = Word(query, "q"), Order = known ?? KeyOrder.Worst, Page = number, Faults = faults };
    }

    /// <summary>The address of the page like this one.</summary>
    public string Address
    {
        get
        {
            (string Name, string Value)[] all =
            [
                ("q", Text),
                ("sort", Order == KeyOrder.Worst ? string.Empty : Name(Order)),
                ("page", Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : string.Empty),
            ];
            var set = all.Where(pair => pair.Value.Length > 0).Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value)}").ToList();
            var path = Property is null ? Root : AddressOf(Property);
            return set.Count == 0 ? path : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{string.Join('&', set)}";
        }
    }

    /// <summary>
    /// The address of a property's page. Browsers and servers change dots and slashes in paths, so such a name is a parameter.
    /// </summary>
    public static string AddressOf(string property) =>
        IsOfPath(property) ? $"{Root}/{Uri.EscapeDataString(property)}" : $"{Root}/-?{NameParameter}={Uri.EscapeDataString(property)}";

    public static bool IsOfPath(string property) =>
        property is not ("" or "." or ".." or "-") && property.AsSpan().IndexOfAny('/', '\\', '%') < 0
        && !property.Any(char.IsControl);

    /// <summary>The name of a value in an address.</summary>
    public static string Name(KeyOrder order) => order.ToString().ToLowerInvariant();

    public static string Words(KeyOrder order) => order switch
    {
        KeyOrder.Errors => "most failed views first",
        KeyOrder.Views => "most views first",
        KeyOrder.Name => "by name",
        KeyOrder.Deviation => "furthest above normal first",
        _ => "what is broken first",
    };

    private static string Word(IQueryCollection query, string name) =>
        query[name] is [{ } text, ..] ? IncidentWords.Cut(text.Trim(), MostLetters) : string.Empty;
}
