using System.Globalization;
using Rx.Alerting.Benchmarks.Running;

namespace Rx.Alerting.Benchmarks.Explanations;

/// <summary>What the circumstances of views add to a commit, with many properties that are all active.</summary>
internal static class CircumstancesWorkload
{
    public static readonly IReadOnlyDictionary<string, string> Options = new Dictionary<string, string>
    {
        ["properties"] = "1000",
        ["rate"] = "5000",
        ["seconds"] = "300",
    };

    public static void Run(Arguments arguments)
    {
        Console.WriteLine();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"circumstances: {arguments.Int("properties"):N0} properties, {arguments.Int("rate"):N0} views a second of event time, "
            + $"a commit each second, {arguments.Int("seconds"):N0} seconds, of which the second half counts"));
        Console.WriteLine(
            "| | MB a commit | of values | of views | as the pipeline guesses | ms to encode | MB in memory | properties | forgotten |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var (name, circumstances) in new[] { ("with circumstances", "1"), ("without", "0") })
        {
            var figures = ChildProcess.Run(
                [
                    .. ChildProcess.Own("circumstances-commits"), "--properties", arguments["properties"], "--rate", arguments["rate"],
                    "--seconds", arguments["seconds"], "--circumstances", circumstances,
                ],
                pinned: true);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {Megabytes("commit_bytes")} | {Megabytes("values_bytes")} | {Megabytes("bucket_bytes")} | "
                + $"{Megabytes("guessed_bytes")} | {figures["encode_ms"]:0} | {Megabytes("room_bytes")} | {figures["properties"]:N0} | "
                + $"{figures["evictions"]:N0} |"));

            string Megabytes(string figure) => (figures[figure] / 1e6).ToString("0.0", CultureInfo.InvariantCulture);
        }
    }
}
