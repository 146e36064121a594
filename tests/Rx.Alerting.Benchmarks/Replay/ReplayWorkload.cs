using System.Globalization;
using Rx.Alerting.Benchmarks.Running;

namespace Rx.Alerting.Benchmarks.Replay;

/// <summary>Whole processes from their start to their end, over the same file, in turns; on all cores and on one.</summary>
internal static class ReplayWorkload
{
    public static readonly IReadOnlyDictionary<string, string> Options = new Dictionary<string, string>
    {
        ["views"] = "5000000",
        ["titles"] = "20000",
        ["rounds"] = "3",
        ["dir"] = "",
    };

    public static void Run(Arguments arguments)
    {
        var json = ReplayFiles.Get(arguments, "json", ReplayFiles.JsonName);
        var protobuf = ReplayFiles.Get(arguments, "protobuf", ReplayFiles.ProtobufName);
        foreach (var pinned in ChildProcess.CanPin ? new[] { true, false } : [false])
        {
            var comparison = new Comparison(arguments.Int("rounds"), "views");
            comparison.Add("Rx.Alerting, JSON", () => Measure("replay-pipeline", json, pinned, arguments));
            comparison.Add("bare pass of Utf8JsonReader", () => Measure("replay-json-pass", json, pinned, arguments));
            comparison.Add("Rx.Alerting, protobuf", () => Measure("replay-pipeline", protobuf, pinned, arguments));
            comparison.Run(string.Create(
                CultureInfo.InvariantCulture,
                $"replay: {arguments.Int("views"):N0} views, {Bytes(json, arguments)} bytes each in JSON and "
                + $"{Bytes(protobuf, arguments)} in protobuf, {(pinned ? "one core" : $"{Environment.ProcessorCount} cores")}, "
                + $"whole process"));
        }
    }

    private static double Measure(string child, string file, bool pinned, Arguments arguments)
    {
        var figures = ChildProcess.Run([.. ChildProcess.Own(child), "--file", file], pinned);
        return figures["views"] == arguments.Int("views")
            ? figures["views"] / figures["process_seconds"]
            : throw new ChildFailedException($"{child} read {figures["views"]} of {arguments["views"]} views of {file}.");
    }

    private static long Bytes(string file, Arguments arguments) => new FileInfo(file).Length / arguments.Int("views");
}
