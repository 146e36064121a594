using System.Globalization;
using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Benchmarks.Stores;
using Rx.Alerting.Benchmarks.Streaming;

namespace Rx.Alerting.Benchmarks.Effects;

/// <summary>What a channel that hangs, and one that fails every time, cost the pipeline and a good channel beside them.</summary>
internal static class ChannelsWorkload
{
    public static readonly IReadOnlyDictionary<string, string> Options = new Dictionary<string, string>
    {
        ["views"] = "60000000",
        ["properties"] = "100",
        ["turn"] = "2400",
        ["stores"] = "redis,sqlite",
        ["rounds"] = "5",
    };

    /// <summary>What is compared, by the number of channels. The last is what the others are compared with.</summary>
    private static readonly (int Channels, string Name)[] Sets =
    [
        (2, "a good and a hanging channel"), (3, "a good, a hanging and a failing channel"), (1, "a good channel alone"),
    ];

    public static void Run(Arguments arguments)
    {
        foreach (var kind in arguments["stores"].Split(',', StringSplitOptions.RemoveEmptyEntries))
            Measure(kind, arguments);
    }

    private static void Measure(string kind, Arguments arguments)
    {
        var figures = Sets.ToDictionary(set => set.Name, _ => new List<Figures>());
        var comparison = new Comparison(arguments.Int("rounds"), "views");
        foreach (var (channels, name) in Sets)
        {
            comparison.Add(name, () =>
            {
                var measured = Pass(kind, channels, arguments);
                figures[name].Add(measured);
                return measured[WarmPasses.Views] / measured[WarmPasses.Seconds];
            });
        }

        comparison.Run(
            string.Create(
                CultureInfo.InvariantCulture,
                $"channels: {arguments.Int("views"):N0} views of {arguments["properties"]} properties to incidents, "
                + $"one of each property in {arguments["turn"]} s of event time, checkpoints in {kind}"),
            own: Sets.Length - 1);
        Console.WriteLine("| in all rounds | CPU, s | commits | slowest commit, s | changes to the good channel | longest wait, s |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|");
        foreach (var (_, name) in Sets)
        {
            string[] cells =
            [
                Range(figures[name], "cpu_seconds", "0.0"), Range(figures[name], "commits", "0"),
                Range(figures[name], "slowest_commit", "0.00"), Range(figures[name], "changes", "N0"),
                Range(figures[name], "longest_wait", "0.00"),
            ];
            Console.WriteLine($"| {name} | {string.Join(" | ", cells)} |");
        }
    }

    /// <summary>Each round has a store of its own, so that no round finds the data of another.</summary>
    private static Figures Pass(string kind, int channels, Arguments arguments)
    {
        using var store = new StoreServer(kind);
        return ChildProcess.Run(
            [
                .. ChildProcess.Own("effects-channels"), "--store", store.Address, "--views", arguments["views"],
                "--properties", arguments["properties"], "--turn", arguments["turn"], "--passes", "2",
                "--channels", channels.ToString(CultureInfo.InvariantCulture),
            ],
            pinned: false);
    }

    private static string Range(List<Figures> rounds, string name, string format)
    {
        string Text(double value) => value.ToString(format, CultureInfo.InvariantCulture);
        var (least, most) = (Text(rounds.Min(round => round[name])), Text(rounds.Max(round => round[name])));
        return least == most ? most : $"{least} – {most}";
    }
}
