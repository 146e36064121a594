using Rx.Alerting.Connectors.Simulation;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Terminal;
using Spectre.Console;

namespace Rx.Alerting.Service.Simulate;

/// <summary>Writes the traffic and says what was written.</summary>
internal static class SimulateRun
{
    public static int Execute(SimulationOptions options, string directory, Surroundings surroundings, CancellationToken stop)
    {
        var screen = Screen.ForOutput(surroundings);
        var summary = screen.IsRich
            ? screen.Console.Progress().AutoClear(true).Start(context =>
            {
                var task = context.AddTask("writing views", maxValue: options.Views);
                return SimulationWriter.Write(options, directory, new Told(views => task.Value = views), stop);
            })
            : SimulationWriter.Write(options, directory, null, stop);

        var console = screen.Console;
        console.WriteLine($"{IncidentWords.Count(summary.Views)} views, {IncidentWords.Count(summary.Failures)} of them failed, in {Files(summary)}");
        console.WriteLine($"{IncidentWords.Count(summary.Labels.Count)} incidents in {Path.Combine(directory, SimulationWriter.LabelsFile)}");
        return ExitCode.Success;
    }

    private static string Files(SimulationSummary summary) =>
        summary.Files.Count == 1 ? summary.Files[0] : $"{summary.Files.Count} files, {summary.Files[0]} to {Path.GetFileName(summary.Files[^1])}";

    /// <summary>Progress told on the thread that writes, in order.</summary>
    private sealed class Told(Action<long> tell) : IProgress<long>
    {
        public void Report(long value) => tell(value);
    }
}
