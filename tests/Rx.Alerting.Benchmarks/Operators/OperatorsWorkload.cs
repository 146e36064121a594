using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Rx.Alerting.Benchmarks.Running;

namespace Rx.Alerting.Benchmarks.Operators;

/// <summary>Single operators and functions, with BenchmarkDotNet, in this process: no project is generated, nothing restored.</summary>
internal static class OperatorsWorkload
{
    public static readonly IReadOnlyDictionary<string, string> Options = new Dictionary<string, string> { ["filter"] = "*" };

    public static void Run(Arguments arguments)
    {
        var config = ManualConfig.CreateEmpty()
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddExporter(MarkdownExporter.Console)
            .AddLogger(ConsoleLogger.Default)
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "rx-alerting-benchmarks", "operators"));
        BenchmarkSwitcher.FromAssembly(typeof(OperatorsWorkload).Assembly).Run(["--filter", arguments["filter"]], config);
    }
}
