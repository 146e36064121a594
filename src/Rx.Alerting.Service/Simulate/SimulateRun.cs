using Rx.Alerting.Connectors.Simulation;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Terminal;
using Spectre.Console;

namespace Rx.Alerting.Service.Simulate;

/// <summary>Writes the traffic, and tells what was written.</summary>
internal static class SimulateRun
{
    public static int Execute(SimulationOptions options, string directory, CommandHost host, CancellationToken stop)
    {
        var screen = Screen.ForOutput(host);
        var summary = screen.IsRich
            ? screen.Console.Progress().AutoClear(true).Start(context =>
            {
                var task = context.AddTask("writing views", maxValue: options.Views);
                return SimulationWriter.Write(options, directory, new SynchronousProgress(views => task.Value = views), stop);
            })
            : SimulationWriter.Write(options, directory, null, stop);

        var console = screen.Console;
        console.WriteLine(
            $"{IncidentWords.Count(summary.Views)} views, {IncidentWords.Count(summary.Failures)} of them failed, in {Files(summary)}");
        var labels = Path.Combine(directory, SimulationWriter.LabelsFile);
        console.WriteLine($"{IncidentWords.Count(summary.Labels.Count)} incidents in {labels}");
        return ExitCode.Success;
    }

    private static string Files(SimulationSummary summary) => summary.Files is [var only]
        ? only
        : $"{summary.Files.Count} files, {summary.Files[0]} to {Path.GetFileName(summary.Files[^1])}";

    /// <summary>Reports progress on the thread that writes, in order.</summary>
    private sealed class SynchronousProgress(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
