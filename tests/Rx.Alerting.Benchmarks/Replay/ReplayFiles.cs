using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Connectors.Framing;
using Rx.Alerting.Connectors.Simulation;

namespace Rx.Alerting.Benchmarks.Replay;

/// <summary>The files that are replayed: simulated once, used again while they are there.</summary>
internal static class ReplayFiles
{
    public const string JsonName = "views-0.jsonl";
    public const string ProtobufName = "views-0.binpb";

    /// <summary>The path of the views in a format. Makes the views first if they are missing.</summary>
    public static string Get(Arguments arguments, string format, string name)
    {
        var root = arguments["dir"].Length > 0 ? arguments["dir"] : Path.Combine(Path.GetTempPath(), "rx-alerting-benchmarks");
        var directory = Path.Combine(root, $"{arguments["views"]}-{arguments["titles"]}-{format}");
        if (!Directory.Exists(directory))
        {
            Console.Error.WriteLine($"  simulating {arguments["views"]} views into {directory}");
            var unfinished = directory + ".unfinished";
            ChildProcess.Run(
                [
                    .. ChildProcess.Own("replay-generate"), "--views", arguments["views"], "--titles", arguments["titles"],
                    "--format", format, "--out", unfinished,
                ],
                pinned: false);
            Directory.Move(unfinished, directory);
        }

        return Path.Combine(directory, name);
    }

    public static void Generate(Arguments arguments) => SimulationWriter.Write(
        new SimulationOptions
        {
            Views = arguments.Int("views"),
            Titles = arguments.Int("titles"),
            Format = arguments["format"] == "protobuf" ? RecordFormat.MuxProtobuf : RecordFormat.MuxJson,
        },
        arguments["out"]);
}
