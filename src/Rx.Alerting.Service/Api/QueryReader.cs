using System.Globalization;

namespace Rx.Alerting.Service.Api;

/// <summary>Reads the parameters of a request, and collects what is wrong with them.</summary>
internal sealed class QueryReader
{
    /// <summary>The most results of a page.</summary>
    public const int MaximumLimit = 100;

    /// <summary>The last page that can be asked for, if a list has no earlier one: far behind all that are ever kept.</summary>
    public const int LastPage = 1_000_000;

    private const int Limit = 25;

    private readonly IQueryCollection query;

    /// <param name="query">Of the request.</param>
    /// <param name="known">The names of all parameters that there are.</param>
    public QueryReader(IQueryCollection query, params string[] known)
    {
        this.query = query;
        var others = known.Length == 0 ? "there is none" : $"there are {string.Join(", ", known)}";
        Faults = query.Keys.Except(known).ToDictionary(unknown => unknown, _ => new[] { $"is not a parameter; {others}" });
    }

    /// <summary>What is wrong, for each wrong parameter.</summary>
    public Dictionary<string, string[]> Faults { get; }

    public void Fault(string name, string problem) => Faults[name] = [problem];

    /// <summary>All values of a parameter that may be repeated.</summary>
    public IEnumerable<string?> All(string name) => query[name];

    /// <summary>Which page, and how many results it has.</summary>
    /// <param name="lastPage">No later page can be asked for: every list has one, so no list is searched for what cannot be there.</param>
    public (int Limit, int Page) Paging(int lastPage = LastPage) => (Number("limit", Limit, MaximumLimit), Number("page", 1, lastPage));

    /// <summary>A text that is given once, or not at all.</summary>
    /// <param name="name">Of the parameter.</param>
    /// <param name="what">What the text must be, for people.</param>
    public string? Text(string name, string what)
    {
        var values = query[name];
        if (values is [{ Length: > 0 } text])
            return text;
        if (values is not [])
            Fault(name, $"must be {what}, once");
        return null;
    }

    /// <summary>Whether the answer is to be a table, which has no pages.</summary>
    public bool IsCsv()
    {
        var isCsv = Choice("format", ("json", false), (Csv.Format, true));
        foreach (var name in isCsv ? query.Keys.Intersect(["limit", "page"]) : [])
            Fault(name, "must not be given: a table has all rows");
        return isCsv;
    }

    /// <summary>One of some names.</summary>
    /// <param name="name">Of the parameter.</param>
    /// <param name="choices">The names and what they mean; the first one holds where none is given.</param>
    public T Choice<T>(string name, params (string Name, T Value)[] choices)
    {
        if (!query.TryGetValue(name, out var values))
            return choices[0].Value;
        var found = Array.FindIndex(choices, choice => values is [var text] && choice.Name == text);
        if (found < 0)
            Fault(name, $"must be one of {string.Join(", ", choices.Select(choice => choice.Name))}");
        return choices[Math.Max(found, 0)].Value;
    }

    /// <summary>Values of an enumeration, in a parameter that may be repeated. Empty: none is given.</summary>
    public IReadOnlySet<T> Several<T>(string name)
        where T : struct, Enum
    {
        var (found, known) = (new HashSet<T>(), Enum.GetValues<T>().ToDictionary(ApiNames.Of, StringComparer.Ordinal));
        foreach (var text in query[name])
        {
            if (text is not null && known.TryGetValue(text, out var value))
                found.Add(value);
            else
                Fault(name, $"must be one of {string.Join(", ", known.Keys)}; may be repeated");
        }

        return found;
    }

    private int Number(string name, int otherwise, int maximum)
    {
        if (!query.TryGetValue(name, out var values))
            return otherwise;
        if (values is [var text]
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= 1
            && number <= maximum)
        {
            return number;
        }

        Fault(name, $"must be a whole number from 1 to {maximum}");
        return otherwise;
    }
}
