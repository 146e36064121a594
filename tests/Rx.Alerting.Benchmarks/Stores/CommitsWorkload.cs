using System.Globalization;
using Rx.Alerting.Benchmarks.Running;

namespace Rx.Alerting.Benchmarks.Stores;

/// <summary>How long commits take, and how long the pipeline stands still for each, with many titles of which some change.</summary>
internal static class CommitsWorkload
{
    public static readonly IReadOnlyDictionary<string, string> Options = FilledStores.Options(
        ("interval", "500"),
        ("commits", "200"),
        ("disorder", "30"));

    public static void Run(Arguments arguments) => FilledStores.Measure(
        arguments,
        string.Create(
            CultureInfo.InvariantCulture,
            $"commits: {arguments.Int("titles"):N0} titles, a view of each of {StoreFill.ViewsPerSecond:N0} others in every "
            + $"{arguments["interval"]} ms, up to {arguments["disorder"]} s late, {arguments["commits"]} commits; in milliseconds"),
        ["entries", "commit p50", "p99", "slowest", "pause p50", "p99", "longest"],
        server =>
        {
            var figures = ChildProcess.Run(
                [
                    .. ChildProcess.Own("store-commits"), "--store", server.Address, "--titles", arguments["titles"],
                    "--properties", arguments["properties"],
                    "--interval", arguments["interval"], "--commits", arguments["commits"], "--disorder", arguments["disorder"],
                ],
                pinned: false);
            string[] times = ["commit_p50", "commit_p99", "commit_max", "pause_p50", "pause_p99", "pause_max"];
            return [
                figures["entries"].ToString("N0", CultureInfo.InvariantCulture),
                .. times.Select(time => figures[time].ToString("0.0", CultureInfo.InvariantCulture)),
            ];
        });
}
