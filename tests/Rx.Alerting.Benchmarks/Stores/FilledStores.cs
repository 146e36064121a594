using Rx.Alerting.Benchmarks.Running;

namespace Rx.Alerting.Benchmarks.Stores;

/// <summary>A table with a row for each kind of store, measured while it holds the state of many titles.</summary>
internal static class FilledStores
{
    /// <summary>The options: the content of the stores, their kinds, and options of the workload.</summary>
    public static Dictionary<string, string> Options(params (string Name, string Default)[] own)
    {
        var options = new Dictionary<string, string>
        {
            ["titles"] = "1000000",
            ["properties"] = "100",
            ["views"] = "3000000",
            ["stores"] = "redis,sqlite",
        };
        foreach (var (name, value) in own)
            options.Add(name, value);
        return options;
    }

    /// <param name="arguments">Values of <see cref="Options"/>.</param>
    /// <param name="title">What is measured.</param>
    /// <param name="columns">The names of the columns, without the column of the store.</param>
    /// <param name="measure">Gives the cells of a store's row.</param>
    public static void Measure(Arguments arguments, string title, string[] columns, Func<StoreServer, string[]> measure)
    {
        var rows = new List<string>();
        foreach (var kind in arguments["stores"].Split(','))
        {
            using var server = new StoreServer(kind);
            server.Fill(arguments);
            rows.Add(Row([kind, .. measure(server)]));
        }

        Console.WriteLine();
        Console.WriteLine(title);
        Console.WriteLine(Row(["store", .. columns]));
        Console.WriteLine($"|---|{string.Concat(columns.Select(_ => "---:|"))}");
        rows.ForEach(Console.WriteLine);
    }

    private static string Row(string[] cells) => $"| {string.Join(" | ", cells)} |";
}
