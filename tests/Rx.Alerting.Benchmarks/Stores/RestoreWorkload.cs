using System.Globalization;
using Rx.Alerting.Benchmarks.Running;

namespace Rx.Alerting.Benchmarks.Stores;

/// <summary>How long a new process takes to know what the one before knew.</summary>
internal static class RestoreWorkload
{
    public static readonly IReadOnlyDictionary<string, string> Options = FilledStores.Options(("rounds", "5"));

    public static void Run(Arguments arguments) => FilledStores.Measure(
        arguments,
        string.Create(
            CultureInfo.InvariantCulture,
            $"restore: {arguments.Int("titles"):N0} titles of {arguments["properties"]} properties, in a new process; "
            + $"medians of {arguments["rounds"]} rounds"),
        ["entries", "seconds", "fastest – slowest"],
        server =>
        {
            var (seconds, entries) = (new List<double>(), 0.0);
            for (var round = 0; round < arguments.Int("rounds"); round++)
            {
                var figures = ChildProcess.Run([.. ChildProcess.Own("store-restore"), "--store", server.Address], pinned: false);
                seconds.Add(figures["seconds"]);
                entries = figures["entries"];
            }

            seconds.Sort();
            return
            [
                entries.ToString("N0", CultureInfo.InvariantCulture),
                seconds[seconds.Count / 2].ToString("0.00", CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture, $"{seconds[0]:0.00} – {seconds[^1]:0.00}"),
            ];
        });
}
