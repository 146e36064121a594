using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Advice;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Terminal;
using Spectre.Console;

namespace Rx.Alerting.Service.Replay;

/// <summary>One replay, from opening the files to the summary.</summary>
internal static class ReplayRun
{
    /// <summary>The most rows in the table of incidents.</summary>
    private const int MaximumRows = 50;

    /// <summary>How many records that were not counted are shown for each reason.</summary>
    private const int SamplesPerReason = 2;

    /// <returns>
    /// <see cref="ExitCode.Failed"/> if a part could not be read, every record was rejected, or <paramref name="stop"/> came first.
    /// </returns>
    /// <exception cref="FileSourceException">The files cannot be opened. Nothing was read.</exception>
    public static int Execute(ReplayRequest request, CommandHost host, CancellationToken stop)
    {
        using var source = FileViewSource.Open(request.Source);
        using var file = IncidentFile.Open(request, host);
        using var pipeline = new DetectionPipeline(request.Settings.Pipeline);
        var tally = new ReplayTally(MaximumRows);
        using var subscription = pipeline.Changes.Subscribe(change =>
        {
            if (change.Transition != IncidentTransition.Refreshed)
                file?.Write(change.Incident);
            tally.Apply(change);
        });

        var samples = new ReplaySamples(SamplesPerReason);
        using var letters = pipeline.DeadLetters.Subscribe(samples.Apply);

        // If incidents go to the standard output, texts for people go to the error output.
        var screen = request.WritesToStandardOutput ? Screen.ForError(host) : Screen.ForOutput(host);
        var began = host.Clock.GetTimestamp();
        var complete = ReadingProgress.Show(screen, host.Clock, progress =>
            new PipelineDrive(pipeline, _ => progress.Report(source.Progress, () => Where(pipeline.Statistics))).Run(source, stop));
        var elapsed = host.Clock.GetElapsedTime(began);

        Show(screen.Console, tally, request);
        foreach (var line in ReplaySummary.Lines(pipeline.Statistics, tally, elapsed))
            screen.Console.WriteLine(line);
        if (samples.Any)
            screen.Console.WriteLine("not counted, for example:");
        foreach (var line in samples.Lines())
            screen.Console.WriteLine(line);

        var problems = source.Problems;
        foreach (var problem in problems)
            host.Error.WriteLine($"rx-alerting: {problem.File}: {problem.Message}");
        var nothing = ReplaySummary.NothingCounted(pipeline.Statistics);
        if (nothing)
            host.Error.WriteLine("rx-alerting: no record could be counted; --format says what the files hold");
        foreach (var advice in nothing ? [] : StreamAdvice.AtTheEnd(pipeline.Statistics))
            host.Error.WriteLine($"rx-alerting: {advice.Text}");
        if (!complete)
            host.Error.WriteLine("rx-alerting: interrupted; this is what was found so far");
        return complete && problems.Count == 0 && !nothing ? ExitCode.Success : ExitCode.Failed;
    }

    private static string Where(PipelineStatistics statistics) =>
        (statistics.Watermark is { } time ? $", {IncidentWords.Time(time)}" : string.Empty) + $", {statistics.OpenIncidents} open";

    private static void Show(IAnsiConsole console, ReplayTally tally, ReplayRequest request)
    {
        var incidents = tally.Largest();
        if (incidents.Count > 0)
            console.Write(IncidentTable.Of(incidents, console.Profile.Width));
        if (tally.Total > incidents.Count)
        {
            var all = request.Out is null ? "--out FILE writes them all" : "all are written";
            console.WriteLine($"These have the most affected views of {IncidentWords.Count(tally.Total)}; {all}.");
            console.WriteLine();
        }
    }
}
