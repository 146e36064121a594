using System.Globalization;
using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Benchmarks.Stores;

namespace Rx.Alerting.Benchmarks.Streaming;

/// <summary>A backlog in Kafka, as after an outage: how much event time a second, and how many views are open at once.</summary>
internal static class CatchUpWorkload
{
    /// <summary>Longer than any backlog here: partitions are never paused for being ahead.</summary>
    private const string NoMaximumDrift = "43200";

    public static readonly IReadOnlyDictionary<string, string> Options = new Dictionary<string, string>
    {
        ["views"] = "3000000",
        ["titles"] = "20000",
        ["rate"] = "1000",
        ["partitions"] = "4",
        ["drift"] = "60",
        ["maximum-drift"] = "10",
        ["store"] = "redis",
        ["rounds"] = "3",
    };

    public static void Run(Arguments arguments)
    {
        using var store = new StoreServer(arguments["store"]);
        var rows = new List<string>();
        Measure(arguments, store, 0, arguments["maximum-drift"], "partitions side by side", rows);
        Measure(
            arguments,
            store,
            arguments.Int("drift"),
            arguments["maximum-drift"],
            $"one partition {arguments["drift"]} min behind, the others wait for it",
            rows);
        Measure(arguments, store, arguments.Int("drift"), NoMaximumDrift, "the same, were they not to wait", rows);
        Console.WriteLine();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"catchup: a backlog of {arguments.Int("views"):N0} views, {arguments["rate"]} a second of event time, "
            + $"{arguments["partitions"]} partitions, checkpoints in {arguments["store"]}; medians of {arguments["rounds"]} rounds"));
        Console.WriteLine("| backlog | event time | times real time | views/s | open views at most | memory at most, MB |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|");
        rows.ForEach(Console.WriteLine);
    }

    private static void Measure(Arguments arguments, StoreServer store, int drift, string maximumDrift, string name, List<string> rows)
    {
        using var topic = new Topic(TopicTraffic.Read(arguments, drift));
        var rounds = new List<Figures>();
        for (var round = 0; round < arguments.Int("rounds"); round++)
        {
            rounds.Add(ChildProcess.Run(
                [
                    .. ChildProcess.Own("kafka-pipeline"), .. topic.Where, "--views", arguments["views"], "--store", store.Address,
                    "--maximum-drift", maximumDrift, "--count-open", "1", "--passes", "1",
                ],
                pinned: false));
        }

        var span = TimeSpan.FromSeconds(rounds[0]["event_seconds"]);
        rows.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {span.TotalHours:0.0} h | {Median("seconds", seconds => span.TotalSeconds / seconds):N0} | "
            + $"{Median("seconds", seconds => arguments.Int("views") / seconds):N0} | {Median("open_peak", peak => peak):N0} | "
            + $"{Median("peak_bytes", bytes => bytes / 1e6):N0} |"));

        double Median(string figure, Func<double, double> of) =>
            rounds.Select(round => of(round[figure])).Order().ElementAt(rounds.Count / 2);
    }
}
