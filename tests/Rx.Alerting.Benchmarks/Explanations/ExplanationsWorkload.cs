using System.Globalization;
using Rx.Alerting.Benchmarks.Replay;
using Rx.Alerting.Benchmarks.Running;

namespace Rx.Alerting.Benchmarks.Explanations;

/// <summary>The same views with circumstances and without, in turns: without them nothing is sampled, kept or ranked.</summary>
internal static class ExplanationsWorkload
{
    public static readonly IReadOnlyDictionary<string, string> Options = new Dictionary<string, string>
    {
        ["views"] = "1000000",
        ["naive-views"] = "6000000",
        ["titles"] = "20000",
        ["rounds"] = "5",
        ["dir"] = "",
    };

    public static void Run(Arguments arguments)
    {
        var file = ReplayFiles.Get(arguments, "json", ReplayFiles.JsonName);
        Compare(arguments, string.Create(
            CultureInfo.InvariantCulture,
            $"explanations: replay of {arguments.Int("views"):N0} views with incidents, by the processor time of the whole process"),
            circumstances => Replay(file, circumstances, arguments));
        Compare(arguments, string.Create(
            CultureInfo.InvariantCulture,
            $"explanations: {arguments.Int("naive-views"):N0} decoded views without incidents, one core; the second half measured"),
            circumstances => Naive(circumstances, arguments));
    }

    private static void Compare(Arguments arguments, string title, Func<string, double> rate)
    {
        var comparison = new Comparison(arguments.Int("rounds"), "views");
        comparison.Add("with explanations", () => rate("yes"));
        comparison.Add("views without circumstances", () => rate("no"));
        comparison.Run(title);
    }

    private static double Replay(string file, string circumstances, Arguments arguments)
    {
        var figures = ChildProcess.Run(
            [.. ChildProcess.Own("explanations-replay"), "--file", file, "--circumstances", circumstances], pinned: false);
        return figures["views"] == arguments.Int("views")
            ? figures["views"] / figures["cpu_seconds"]
            : throw new ChildFailedException($"{figures["views"]} of {arguments["views"]} views of {file} were read.");
    }

    private static double Naive(string circumstances, Arguments arguments) => ChildProcess.Run(
        [
            .. ChildProcess.Own("naive-pipeline"), "--titles", arguments["titles"], "--rate", "1667", "--pane", "1",
            "--views", arguments["naive-views"], "--circumstances", circumstances,
        ],
        pinned: true)["views_per_second"];
}
