using System.Globalization;
using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Benchmarks.Stores;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Benchmarks.Effects;

/// <summary>How long a change of an incident takes to its receiver, with a real broker, a real store and default options.</summary>
internal static class LatencyWorkload
{
    public static readonly IReadOnlyDictionary<string, string> Options = new Dictionary<string, string>
    {
        ["stores"] = "redis,sqlite",
        ["seconds"] = "60",
        ["properties"] = "20",
        ["partitions"] = "4",
    };

    public static void Run(Arguments arguments)
    {
        using var broker = KafkaBroker.TryStart()
            ?? throw new ChildFailedException("There is no Kafka; unpack Apache Kafka, and set KAFKA_HOME to its folder.");
        foreach (var kind in arguments["stores"].Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            using var store = new StoreServer(kind);
            Print(kind, arguments, ChildProcess.Run(
                [
                    .. ChildProcess.Own("effects-latency"), "--servers", broker.BootstrapServers, "--store", store.Address,
                    "--seconds", arguments["seconds"], "--properties", arguments["properties"], "--partitions", arguments["partitions"],
                ],
                pinned: false));
        }
    }

    private static void Print(string kind, Arguments arguments, Figures figures)
    {
        Console.WriteLine();
        Line($"latency: from the record that completes the evidence to the receiver, in milliseconds; checkpoints in {kind}");
        Line($"default options, {arguments["properties"]} properties fail in turn, {arguments["partitions"]} partitions");
        Line($"{arguments["seconds"]} s, after 10 s that do not count");
        Console.WriteLine("| | changes | p50 | p90 | p99 | longest |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|");
        foreach (var (figure, name) in Latencies.Rows)
        {
            string[] cells = [.. new[] { "n", "p50", "p90", "p99", "max" }.Select(
                column => figures[$"{figure}_{column}"].ToString("N0", CultureInfo.InvariantCulture))];
            Line($"| {name} | {string.Join(" | ", cells)} |");
        }

        Line($"changes a second: {figures["changes_per_second"]:0.0}, commits a second: {figures["commits_per_second"]:0.0}");
        Line($"commits took, p50: {figures["commit_p50"]:0} ms, p99: {figures["commit_p99"]:0} ms, longest: {figures["commit_max"]:0} ms");
    }

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
