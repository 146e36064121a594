using System.Globalization;
using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Benchmarks.Stores;

namespace Rx.Alerting.Benchmarks.Streaming;

/// <summary>
/// From a topic of a real broker to incidents, against a bare consumer and Flink. Each has a process of its own; they take turns.
/// </summary>
internal static class KafkaWorkload
{
    public static readonly IReadOnlyDictionary<string, string> Options = new Dictionary<string, string>
    {
        ["views"] = "3000000",
        ["titles"] = "20000",
        ["rate"] = "1000",
        ["partitions"] = "4",
        ["maximum-drift"] = "10",
        ["stores"] = "redis,sqlite",
        ["rounds"] = "5",
        ["peers"] = "../shared/peers",
        ["parallelism"] = "2",
    };

    public static void Run(Arguments arguments)
    {
        var traffic = TopicTraffic.Read(arguments);
        using var topic = new Topic(traffic);
        var stores = arguments["stores"].Split(',', StringSplitOptions.RemoveEmptyEntries);
        string[] load =
        [
            .. topic.Where, "--views", arguments["views"], "--partitions", arguments["partitions"],
            "--passes", WarmPasses.InProcess.ToString(CultureInfo.InvariantCulture),
        ];
        var comparison = new Comparison(arguments.Int("rounds"), "views");
        foreach (var kind in stores)
            comparison.Add(
                $"Rx.Alerting, checkpoints in {kind}", () => PipelineRate(kind, [.. load, "--maximum-drift", arguments["maximum-drift"]]));
        comparison.Add("bare consumer of Confluent.Kafka", () => Rate("kafka-bare", load));
        AddFlink(comparison, arguments, topic);
        comparison.Run(
            string.Create(
                CultureInfo.InvariantCulture,
                $"kafka: {traffic.Views:N0} views of {topic.Filled["bytes"]:0} bytes, {traffic.Rate} a second of event time, "
                + $"{traffic.Titles:N0} titles, {traffic.Partitions} partitions, broker on the same {Environment.ProcessorCount} cores"),
            own: stores.Length);
    }

    /// <summary>
    /// Each round has a store of its own. In a common store, the data of earlier rounds would be rewritten, too, whenever the store
    /// compacts its log.
    /// </summary>
    private static double PipelineRate(string kind, string[] load)
    {
        using var store = new StoreServer(kind);
        return Rate("kafka-pipeline", [.. load, "--store", store.Address, "--count-open", "0"]);
    }

    private static double Rate(string child, string[] load)
    {
        var figures = ChildProcess.Run([.. ChildProcess.Own(child), .. load], pinned: false);
        return figures[WarmPasses.Views] / figures[WarmPasses.Seconds];
    }

    private static void AddFlink(Comparison comparison, Arguments arguments, Topic topic)
    {
        var script = Path.Combine(arguments["peers"], "flink", "run.sh");
        if (!File.Exists(script))
        {
            Console.Error.WriteLine($"  no {script}: Apache Flink takes no part (--peers DIR)");
            return;
        }

        comparison.Add($"Apache Flink, parallelism {arguments["parallelism"]}, checkpoint every second", () => ChildProcess.Run(
            [script, "kafka", topic.Servers, Topic.Name, arguments["views"], arguments["parallelism"], "--checkpoint", "1"],
            pinned: false)["views_per_second"]);
    }
}
