using System.Globalization;
using Rx.Alerting.Benchmarks.Running;

namespace Rx.Alerting.Benchmarks.Stores;

/// <summary>How long commits take, and how long the pipeline stands still for each, with many titles of which some change.</summary>
internal static class CommitsWorkload
{
    public static readonly IReadOnlyDictionary<string, string> Options = new Dictionary<string, string>
    {
        ["titles"] = "1000000",
        ["properties"] = "100",
        ["views"] = "3000000",
        ["interval"] = "500",
        ["commits"] = "200",
        ["disorder"] = "30",
        ["stores"] = "redis,sqlite",
    };

    public static void Run(Arguments arguments)
    {
        var rows = new List<string>();
        foreach (var kind in arguments["stores"].Split(','))
        {
            using var server = new StoreServer(kind);
            server.Fill(arguments);
            var figures = ChildProcess.Run(
                [
                    .. ChildProcess.Own("store-commits"), "--store", server.Address, "--titles", arguments["titles"], "--properties", arguments["properties"],
                    "--interval", arguments["interval"], "--commits", arguments["commits"], "--disorder", arguments["disorder"],
                ],
                pinned: false);
            rows.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"| {kind} | {figures["entries"]:N0} | {figures["commit_p50"]:0.0} | {figures["commit_p99"]:0.0} | {figures["commit_max"]:0.0} | {figures["pause_p50"]:0.0} | {figures["pause_p99"]:0.0} | {figures["pause_max"]:0.0} |"));
        }

        Console.WriteLine();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"commits: {arguments.Int("titles"):N0} titles, a view of each of {StoreFill.ViewsPerSecond:N0} others in every {arguments["interval"]} ms, up to {arguments["disorder"]} s late, {arguments["commits"]} commits; in milliseconds"));
        Console.WriteLine("| store | entries | commit p50 | p99 | slowest | pause p50 | p99 | longest |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|");
        rows.ForEach(Console.WriteLine);
    }
}
