using System.Globalization;
using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Benchmarks.Stores;

/// <summary>What memory is used where most titles are new all the time, and Redis is behind a slow line.</summary>
internal static class SlowStoreWorkload
{
    public static readonly IReadOnlyDictionary<string, string> Options = new Dictionary<string, string>
    {
        ["titles"] = "2000000",
        ["churn"] = "100000",
        ["megabytes"] = "5",
        ["disorder"] = "10",
        ["seconds"] = "120",
        ["calm"] = "60",
    };

    public static void Run(Arguments arguments)
    {
        using var server = RedisServer.TryStart(fsyncAlways: false)
            ?? throw new ChildFailedException("There is no redis-server; install the package redis-server.");
        using var line = new RedisProxy(server.Port) { BytesPerSecond = arguments.Int("megabytes") << 20 };
        var figures = ChildProcess.Run(
            [
                .. ChildProcess.Own("store-slow"), "--store", "redis:" + line.Endpoint, "--titles", arguments["titles"],
                "--churn", arguments["churn"], "--disorder", arguments["disorder"],
                "--seconds", arguments["seconds"], "--calm", arguments["calm"],
            ],
            pinned: false);
        Console.WriteLine();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"slow-store: Redis at {arguments["megabytes"]} MB a second, room for {arguments.Int("titles"):N0} titles, "
            + $"views of up to {arguments.Int("churn"):N0} new ones a second for {arguments["seconds"]} s, "
            + $"then {arguments["calm"]} s of few views"));
        Console.WriteLine("| | |");
        Console.WriteLine("|---|---:|");
        Row("titles when the churn ended", $"{figures["titles"]:N0}");
        Row("views that were read, of those offered", $"{100 * figures["views"] / figures["offered"]:0.0} %");
        Row("commits", $"{figures["commits"]:N0}");
        Row("longest commit, s", $"{figures["longest"]:0.0}");
        Row("resident memory, highest, MB", $"{figures["highest"]:N0}");
        Row("resident memory when calm, MB", $"{figures["calm"]:N0}");
    }

    private static void Row(string name, FormattableString value) =>
        Console.WriteLine($"| {name} | {value.ToString(CultureInfo.InvariantCulture)} |");
}
