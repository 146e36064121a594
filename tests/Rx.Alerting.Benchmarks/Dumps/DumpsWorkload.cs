using System.Globalization;
using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Benchmarks.Stores;

namespace Rx.Alerting.Benchmarks.Dumps;

/// <summary>What a dump of error rates costs a pipeline with many titles that runs at full speed.</summary>
internal static class DumpsWorkload
{
    public static readonly IReadOnlyDictionary<string, string> Options = FilledStores.Options(("seconds", "20"), ("dumps", "3"));

    public static void Run(Arguments arguments) => FilledStores.Measure(
        arguments,
        string.Create(
            CultureInfo.InvariantCulture,
            $"dumps: {arguments.Int("titles"):N0} titles at full speed, {arguments["dumps"]} dumps of all error rates to a folder, "
            + $"{arguments["seconds"]} s without before each"),
        [
            "rows", "MB", "seconds", "views/s without", "with", "loss %", "pause p99 ms without", "with", "commit p99 ms without", "with",
            "MB of memory without", "with",
        ],
        server =>
        {
            var figures = ChildProcess.Run(
                [
                    .. ChildProcess.Own("store-dumps"), "--store", server.Address, "--titles", arguments["titles"], "--properties",
                    arguments["properties"], "--seconds", arguments["seconds"], "--dumps", arguments["dumps"],
                ],
                pinned: false);
            (string Name, string Format)[] shown =
            [
                ("rows", "N0"), ("megabytes", "0.0"), ("seconds", "0.0"), ("rate_without", "N0"), ("rate_with", "N0"), ("loss", "0.0"),
                ("pause_without", "0.0"), ("pause_with", "0.0"), ("commit_without", "N0"), ("commit_with", "N0"),
                ("memory_without", "N0"), ("memory_with", "N0"),
            ];
            return [.. shown.Select(figure => figures[figure.Name].ToString(figure.Format, CultureInfo.InvariantCulture))];
        });
}
