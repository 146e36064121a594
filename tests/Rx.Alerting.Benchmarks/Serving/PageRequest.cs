using System.Text.Json;

namespace Rx.Alerting.Benchmarks.Serving;

/// <summary>One request of the mix.</summary>
/// <param name="Kind">Its name in the table.</param>
/// <param name="Address">With its query.</param>
/// <param name="HasTag">Whether it comes with the entity tag of the latest answer.</param>
internal readonly record struct PageRequest(string Kind, string Address, bool HasTag = false)
{
    private const int Pages = 200;

    /// <summary>The list as open pages and pollers ask for it again and again.</summary>
    private static readonly Func<int, IReadOnlyList<string>, PageRequest>[] List =
    [
        (_, _) => new("page: list", "/"),
        (_, _) => new("API: list, tag", "/api/v1/incidents?status=open", HasTag: true),
    ];

    /// <summary>Twenty requests: half are pages and half the API, of which half come with a tag. Most are asked once.</summary>
    private static readonly Func<int, IReadOnlyList<string>, PageRequest>[] All =
    [
        (_, _) => new("page: list", "/"),
        (_, _) => new("API: list, tag", "/api/v1/incidents?status=open", HasTag: true),
        (i, _) => new("page: further page", $"/?page={1 + (i % Pages)}"),
        (_, _) => new("API: list", "/api/v1/incidents?limit=100"),
        (i, _) => new("page: filter", $"/?property=property-{i % 1000}&show=all"),
        (i, _) => new("API: one, tag", string.Empty, HasTag: true),
        (i, _) => new("page: search", $"/?q=property-{i % 1000}"),
        (i, _) => new("API: order, page", $"/api/v1/incidents?order_by=-affected_views&page={1 + (i % Pages)}"),
        (_, ids) => new("page: incident", string.Empty),
        (_, _) => new("API: list, tag", "/api/v1/incidents", HasTag: true),
        (_, _) => new("page: list", "/"),
        (i, _) => new("API: order, page", $"/api/v1/incidents?order_by=severity&status=open&page={1 + (i % Pages)}"),
        (_, _) => new("page: all", "/?show=all&sort=newest"),
        (_, _) => new("API: list, tag", "/api/v1/incidents?status=open", HasTag: true),
        (_, _) => new("page: filter", "/?severity=alert&error=error-3"),
        (_, _) => new("API: one", string.Empty),
        (_, _) => new("page: search", "/?q=error-5&show=all&sort=impact"),
        (_, _) => new("API: list, tag", "/api/v1/incidents", HasTag: true),
        (_, _) => new("page: incident", string.Empty),
        (_, _) => new("API: list", "/api/v1/incidents?status=open&limit=25"),
    ];

    /// <param name="name"><c>all</c> or <c>list</c>.</param>
    public static Func<int, IReadOnlyList<string>, PageRequest>[] MixOf(string name) => name switch
    {
        "all" => All,
        "list" => List,
        _ => throw new FormatException($"--mix {name}: must be all or list"),
    };

    /// <param name="mix">What is asked for in turn.</param>
    /// <param name="number">Of the request.</param>
    /// <param name="ids">Some incidents.</param>
    public static PageRequest Of(Func<int, IReadOnlyList<string>, PageRequest>[] mix, int number, IReadOnlyList<string> ids)
    {
        var request = mix[number % mix.Length](number, ids);
        if (request.Address.Length > 0)
            return request;
        var id = ids[number / mix.Length % ids.Count];
        var isApi = request.Kind.StartsWith("API", StringComparison.Ordinal);
        return request with { Address = isApi ? $"/api/v1/incidents/{id}" : $"/incidents/{id}" };
    }

    /// <summary>The ids of some incidents, and how many there are.</summary>
    public static async Task<(IReadOnlyList<string> Ids, int Total)> SomeAsync(HttpClient client, string query = "status=open")
    {
        var text = await client.GetStringAsync(new Uri($"/api/v1/incidents?limit=100&{query}", UriKind.Relative));
        using var document = JsonDocument.Parse(text);
        return (
            [.. document.RootElement.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("id").GetString()!)],
            document.RootElement.GetProperty("total_row_count").GetInt32());
    }
}
