using System.Globalization;
using Rx.Alerting.Benchmarks.Running;

namespace Rx.Alerting.Benchmarks.Naive;

/// <summary>What the batches, panes and tables buy: the whole pipeline against mere counting with stock operators, one core.</summary>
internal static class NaiveWorkload
{
    public static readonly IReadOnlyDictionary<string, string> Options = new Dictionary<string, string>
    {
        ["views"] = "6000000",
        ["rx-views"] = "200000",
        ["titles"] = "100000",
        ["rate"] = "1667",
        ["pane"] = "1",
        ["rounds"] = "3",
    };

    public static void Run(Arguments arguments)
    {
        string[] load = ["--titles", arguments["titles"], "--rate", arguments["rate"], "--pane", arguments["pane"]];
        var comparison = new Comparison(arguments.Int("rounds"), "views");
        comparison.Add(
            "Rx.Alerting, views to incidents",
            () => Rate("naive-pipeline", [.. load, "--views", arguments["views"], "--circumstances", "no"]));
        comparison.Add(
            "Rx: GroupBy title, Window", () => Rate("naive-rx", [.. load, "--views", arguments["rx-views"], "--form", "window"]));
        comparison.Add(
            "Rx: GroupByUntil pane, GroupBy title", () => Rate("naive-rx", [.. load, "--views", arguments["rx-views"], "--form", "group"]));
        comparison.Run(string.Create(
            CultureInfo.InvariantCulture,
            $"naive: decoded views, {arguments["rate"]} a second of event time, {arguments.Int("titles"):N0} Zipf titles, "
            + $"panes of {arguments["pane"]} s, one core; the second half measured"));

        // Few titles, so that no title is new in the second half. So all memory that is allocated there is allocated for views.
        var steady = ChildProcess.Run(
            [
                .. ChildProcess.Own("naive-pipeline"), "--views", arguments["views"], "--titles", "100", "--rate",
                arguments["rate"], "--pane", arguments["pane"], "--circumstances", "no",
            ],
            pinned: true);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"steady state (100 titles, all known): {steady["bytes_per_view"]:0.######} bytes allocated a view, "
            + $"{steady["bytes"]:N0} in all, {steady["views_per_second"]:N0} views/s"));
    }

    private static double Rate(string child, string[] load) =>
        ChildProcess.Run([.. ChildProcess.Own(child), .. load], pinned: true)["views_per_second"];
}
