using System.Globalization;
using Rx.Alerting.Benchmarks.Running;

namespace Rx.Alerting.Benchmarks.Keyed;

/// <summary>Views by title in tumbling windows of one minute, each competitor in a process of its own on one core.</summary>
internal static class KeyedWorkload
{
    /// <summary>How often each process does the work. Only the last round counts, because it is warm.</summary>
    public const int RoundsInProcess = 8;

    public static readonly IReadOnlyDictionary<string, string> Options = new Dictionary<string, string>
    {
        ["views"] = "6000000",
        ["titles"] = "100000",
        ["disorder"] = "0,1000",
        ["rounds"] = "3",
        ["peers"] = "",
    };

    public static void Run(Arguments arguments)
    {
        foreach (var disorder in arguments["disorder"].Split(','))
        {
            var comparison = new Comparison(arguments.Int("rounds"), "views");
            string[] load = ["--views", arguments["views"], "--titles", arguments["titles"], "--disorder", disorder];
            var results = new Dictionary<string, (double, double)>();
            foreach (var (name, child) in new[] { ("Rx.Alerting panes", "keyed-panes"), ("bare dictionary", "keyed-dictionary") })
                comparison.Add(name, () => Checked(ChildProcess.Run([.. ChildProcess.Own(child), .. load], pinned: true), results));
            AddPeers(comparison, arguments, disorder);
            comparison.Run(string.Create(
                CultureInfo.InvariantCulture,
                $"keyed: {arguments.Int("views"):N0} views of one hour, {arguments.Int("titles"):N0} titles, "
                + $"{disorder} ms out of order, one core{(ChildProcess.CanPin ? "" : " not enforced")}"));
        }
    }

    private static void AddPeers(Comparison comparison, Arguments arguments, string disorder)
    {
        if (arguments["peers"].Length == 0)
        {
            Console.Error.WriteLine("  without --peers DIR neither Flink nor Jet takes part");
            return;
        }

        foreach (var (name, folder) in new[] { ("Apache Flink", "flink"), ("Hazelcast Jet", "jet") })
        {
            var script = Path.Combine(arguments["peers"], folder, "run.sh");
            if (File.Exists(script))
                comparison.Add(
                    name,
                    () => ChildProcess.Run(
                        [script, "keyed", arguments["views"], arguments["titles"], disorder, "1"], pinned: true)["views_per_second"]);
            else
                Console.Error.WriteLine($"  no {script}: {name} takes no part");
        }
    }

    /// <summary>Checks that our own implementations give the same windows and errors.</summary>
    private static double Checked(Figures figures, Dictionary<string, (double Windows, double Errors)> results)
    {
        var result = (figures["windows"], figures["errors"]);
        if (results.Count > 0 && results.Values.First() != result)
            throw new ChildFailedException($"The competitors disagree: {result} and {results.Values.First()} windows and errors.");
        results["first"] = result;
        return figures["views_per_second"];
    }
}
