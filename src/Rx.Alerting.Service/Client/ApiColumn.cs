using System.Text.Json;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Client;

/// <summary>
/// A column of a table, and how its text is found in a result. What a service of another release leaves out, or writes otherwise, is a
/// dash: the other columns are of use all the same.
/// </summary>
/// <param name="Name">The head of the column.</param>
/// <param name="Text">Of a result.</param>
internal sealed record ApiColumn(string Name, Func<JsonElement, string?> Text)
{
    private const string Nothing = "—";

    public bool IsNumber { get; init; }

    /// <param name="name">The head of the column.</param>
    /// <param name="path">Members, from the result inwards.</param>
    public static ApiColumn Of(string name, params string[] path) => new(name, one => Plain(Find(one, path)));

    public static ApiColumn Time(string name, params string[] path) => new(name, one => Find(one, path) is
    { ValueKind: JsonValueKind.String } text && text.TryGetDateTimeOffset(out var time) ? IncidentWords.Time(time) : null);

    public static ApiColumn Count(string name, params string[] path) =>
        new(name, one => Number(one, path) is { } number ? IncidentWords.Count((long)Math.Round(number)) : null) { IsNumber = true };

    public static ApiColumn Percent(string name, params string[] path) =>
        new(name, one => Number(one, path) is { } rate ? IncidentWords.Percent(rate) : null) { IsNumber = true };

    /// <summary>Seconds in words.</summary>
    public static ApiColumn Span(string name, params string[] path) => new(name, one =>
        Number(one, path) is { } seconds and >= 0 and < 1e9 ? IncidentWords.Lasting(TimeSpan.FromSeconds(seconds)) : null)
    {
        IsNumber = true,
    };

    /// <summary>The text in a cell. Whatever could move the cursor of a terminal is taken out.</summary>
    public string Cell(JsonElement one) => IncidentWords.Printable(Text(one) is { Length: > 0 } text ? text : Nothing);

    public static JsonElement Find(JsonElement one, params string[] path)
    {
        foreach (var member in path)
        {
            if (one.ValueKind != JsonValueKind.Object || !one.TryGetProperty(member, out one))
                return default;
        }

        return one;
    }

    /// <summary>The results in a member that is a list. Empty: it is none.</summary>
    public static IEnumerable<JsonElement> All(JsonElement one, params string[] path) =>
        Find(one, path) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    public static string? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Plain)),
        _ => null,
    };

    private static double? Number(JsonElement one, string[] path) =>
        Find(one, path) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number)
            && double.IsFinite(number) && Math.Abs(number) < 1e18 ? number : null;
}
