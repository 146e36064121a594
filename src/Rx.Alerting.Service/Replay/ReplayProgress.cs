using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Terminal;
using Spectre.Console;

namespace Rx.Alerting.Service.Replay;

/// <summary>Shows a bar with percent, views, views/s and event time, on a terminal only.</summary>
internal sealed class ReplayProgress
{
    private const double Whole = 100;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly ProgressTask? task;
    private readonly TimeProvider clock;
    private readonly long began;
    private long shownAt;

    private ReplayProgress(ProgressTask? task, TimeProvider clock)
    {
        this.task = task;
        this.clock = clock;
        began = shownAt = clock.GetTimestamp();
    }

    /// <summary>Runs <paramref name="work"/> on the calling thread, and shows the bar meanwhile.</summary>
    public static T Show<T>(Screen screen, TimeProvider clock, Func<ReplayProgress, T> work) => screen.IsRich
        ? screen.Console.Progress()
            .AutoClear(true)
            .Columns(
                new SpinnerColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context => work(new ReplayProgress(context.AddTask("opening", maxValue: Whole), clock)))
        : work(new ReplayProgress(null, clock));

    /// <summary>Called after each batch, on the thread that runs the pipeline.</summary>
    public void Report(FileSourceProgress source, DetectionPipeline pipeline)
    {
        if (task is null || clock.GetElapsedTime(shownAt) < Interval)
            return;

        shownAt = clock.GetTimestamp();
        var statistics = pipeline.Statistics;
        var rate = (long)(source.Records / clock.GetElapsedTime(began).TotalSeconds);
        task.IsIndeterminate = source.TotalBytes is null;
        task.Value = source.TotalBytes is > 0 and var total ? Whole * source.BytesRead / total : 0;
        task.Description = $"{IncidentWords.Count(source.Records)} views, {IncidentWords.Count(rate)} views/s"
            + (statistics.Watermark is { } time ? $", {IncidentWords.Time(time)}" : string.Empty)
            + $", {statistics.OpenIncidents} open";
    }
}
