namespace Rx.Alerting.Benchmarks.Running;

/// <summary><c>WORKLOAD [--option value …]</c>; exit codes 0 ok, 1 failed, 2 wrong usage.</summary>
internal static class BenchmarkCommand
{
    /// <summary>The hidden first argument of a process that measures one competitor.</summary>
    public const string ChildCommand = "child";

    public static int Run(string[] args, IReadOnlyList<Workload> workloads, IReadOnlyDictionary<string, Action<Arguments>> children)
    {
        try
        {
            if (args is [ChildCommand, var child, .. var childArgs] && children.TryGetValue(child, out var run))
                run(new Arguments(childArgs, new Dictionary<string, string>(), anyName: true));
            else if (args is ["all"])
                RunAll(workloads);
            else if (args is [var name, .. var rest]
                && workloads.FirstOrDefault(w => w.Name == name) is { } workload
                && !rest.Contains("--help"))
                workload.Run(new Arguments(rest, workload.Options));
            else
                return Help(workloads, args is [] or ["--help"] or [_, "--help"]);
            return 0;
        }
        catch (FormatException wrongUsage)
        {
            Console.Error.WriteLine(wrongUsage.Message + " See --help.");
            return 2;
        }
        catch (ChildFailedException failure)
        {
            Console.Error.WriteLine(failure.Message);
            return 1;
        }
    }

    private static void RunAll(IEnumerable<Workload> workloads)
    {
        foreach (var workload in workloads)
        {
            Console.WriteLine();
            Console.WriteLine($"## {workload.Name}: {workload.Summary}");
            workload.Run(new Arguments([], workload.Options));
        }
    }

    private static int Help(IEnumerable<Workload> workloads, bool asked)
    {
        var output = asked ? Console.Out : Console.Error;
        output.WriteLine("Measures side by side, in one run on one machine, and prints ratios. Build with -c Release.");
        output.WriteLine();
        output.WriteLine("  all          every workload with its defaults");
        foreach (var workload in workloads)
        {
            output.WriteLine($"  {workload.Name,-12} {workload.Summary}");
            foreach (var (name, value) in workload.Options)
                output.WriteLine($"               --{name} {(value.Length > 0 ? value : "…")}");
        }

        return asked ? 0 : 2;
    }
}
