using System.Globalization;
using Rx.Alerting.Benchmarks.Running;

namespace Rx.Alerting.Benchmarks.Stores;

/// <summary>How long a new process takes to know what the one before knew.</summary>
internal static class RestoreWorkload
{
    public static readonly IReadOnlyDictionary<string, string> Options = new Dictionary<string, string>
    {
        ["titles"] = "1000000",
        ["properties"] = "100",
        ["views"] = "3000000",
        ["rounds"] = "5",
        ["stores"] = "redis,sqlite",
    };

    public static void Run(Arguments arguments)
    {
        var rows = new List<string>();
        foreach (var kind in arguments["stores"].Split(','))
        {
            using var server = new StoreServer(kind);
            server.Fill(arguments);
            var (seconds, entries) = (new List<double>(), 0.0);
            for (var round = 0; round < arguments.Int("rounds"); round++)
            {
                var figures = ChildProcess.Run([.. ChildProcess.Own("store-restore"), "--store", server.Address], pinned: false);
                seconds.Add(figures["seconds"]);
                entries = figures["entries"];
            }

            seconds.Sort();
            rows.Add(string.Create(CultureInfo.InvariantCulture, $"| {kind} | {entries:N0} | {seconds[seconds.Count / 2]:0.00} | {seconds[0]:0.00} – {seconds[^1]:0.00} |"));
        }

        Console.WriteLine();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"restore: {arguments.Int("titles"):N0} titles of {arguments["properties"]} properties, in a new process; medians of {arguments["rounds"]} rounds"));
        Console.WriteLine("| store | entries | seconds | fastest – slowest |");
        Console.WriteLine("|---|---:|---:|---:|");
        rows.ForEach(Console.WriteLine);
    }
}
