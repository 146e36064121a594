using System.Globalization;
using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Benchmarks.Stores;

namespace Rx.Alerting.Benchmarks.Streaming;

/// <summary>What a process costs that is assigned many partitions of a topic keyed by property: connections, threads and memory.</summary>
internal static class PartitionsWorkload
{
    public static readonly IReadOnlyDictionary<string, string> Options = new Dictionary<string, string>
    {
        ["views"] = "1000000",
        ["titles"] = "20000",
        ["rate"] = "1000",
        ["partitions"] = "256",
        ["store"] = "redis",
        ["rounds"] = "3",
    };

    public static void Run(Arguments arguments)
    {
        using var store = new StoreServer(arguments["store"]);
        using var topic = new Topic(TopicTraffic.Read(arguments));
        var rounds = new List<Figures>();
        for (var round = 0; round < arguments.Int("rounds"); round++)
            rounds.Add(
                ChildProcess.Run(
                    [.. ChildProcess.Own("kafka-partitions"), .. topic.Where, "--views", arguments["views"], "--store", store.Address],
                    pinned: false));

        Console.WriteLine();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"partitions: {arguments["partitions"]} partitions by property in one process, {arguments.Int("views"):N0} views, "
            + $"checkpoints in {arguments["store"]}; medians of {rounds.Count} rounds"));
        Console.WriteLine("| connections to the broker | threads | memory when all is read, MB | at most, MB | seconds to read all |");
        Console.WriteLine("|---:|---:|---:|---:|---:|");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {Median("connections"):N0} | {Median("threads"):N0} | {Median("bytes") / 1e6:N0} | {Median("peak_bytes") / 1e6:N0} | "
            + $"{Median("seconds"):0.0} |"));

        double Median(string figure) => rounds.Select(round => round[figure]).Order().ElementAt(rounds.Count / 2);
    }
}
