using System.Globalization;
using Rx.Alerting.Benchmarks.Running;

namespace Rx.Alerting.Benchmarks.Control;

/// <summary>What silences cost a pipeline that has many open incidents, on one core.</summary>
internal static class SilencesWorkload
{
    public static readonly IReadOnlyDictionary<string, string> Options = new Dictionary<string, string>
    {
        ["views"] = "2000000",
        ["incidents"] = "10000",
        ["silences"] = "10000",
        ["titles"] = "100000",
        ["rate"] = "1667",
        ["rounds"] = "3",
    };

    public static void Run(Arguments arguments)
    {
        var comparison = new Comparison(arguments.Int("rounds"), "views");
        comparison.Add($"{arguments["silences"]} silences", () => Rate(arguments, arguments["silences"]));
        comparison.Add("no silence", () => Rate(arguments, "0"));
        comparison.Run(string.Create(
            CultureInfo.InvariantCulture,
            $"silences: {arguments.Int("incidents"):N0} broken properties with a tenth of the views, as many others, "
            + $"{arguments.Int("titles"):N0} titles, {arguments["rate"]} views a second of event time; "
            + $"half of the silences begin or end meanwhile; one core"));
    }

    private static double Rate(Arguments arguments, string silences)
    {
        string[] load =
        [
            "--views", arguments["views"], "--incidents", arguments["incidents"], "--titles", arguments["titles"],
            "--rate", arguments["rate"], "--silences", silences,
        ];
        return ChildProcess.Run([.. ChildProcess.Own("control-silences"), .. load], pinned: true)["views_per_second"];
    }
}
