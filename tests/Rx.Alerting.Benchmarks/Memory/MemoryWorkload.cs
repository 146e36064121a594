using System.Globalization;
using Rx.Alerting.Benchmarks.Running;

namespace Rx.Alerting.Benchmarks.Memory;

/// <summary>What a live title costs, over the empty process.</summary>
internal static class MemoryWorkload
{
    public static readonly IReadOnlyDictionary<string, string> Options = new Dictionary<string, string>
    {
        ["titles"] = "1000000",
        ["properties"] = "100",
        ["views"] = "5000000",
    };

    public static void Run(Arguments arguments)
    {
        var figures = ChildProcess.Run(
            [
                .. ChildProcess.Own("memory-titles"), "--titles", arguments["titles"], "--properties", arguments["properties"],
                "--views", arguments["views"],
            ],
            pinned: true);
        Console.WriteLine();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"memory: {figures["titles"]:N0} live titles of {arguments["properties"]} properties; each seen once, "
            + $"then {arguments.Int("views"):N0} further views, Zipf"));
        Console.WriteLine("| | bytes a title, heap | bytes a title, working set |");
        Console.WriteLine("|---|---:|---:|");
        foreach (var (name, prefix) in new[] { ("each title seen once", "first"), ("and after the further views", "last") })
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {name} | {figures[prefix + "_heap"]:0} | {figures[prefix + "_working_set"]:0} |"));
    }
}
