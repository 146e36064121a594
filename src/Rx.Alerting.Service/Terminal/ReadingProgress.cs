using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Core.Incidents;
using Spectre.Console;

namespace Rx.Alerting.Service.Terminal;

/// <summary>Shows a bar with percent, views, views/s and more while files are read, on a terminal only.</summary>
internal sealed class ReadingProgress
{
    private const double Whole = 100;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly ProgressTask? task;
    private readonly TimeProvider clock;
    private readonly long began;
    private long shownAt;

    private ReadingProgress(ProgressTask? task, TimeProvider clock)
    {
        this.task = task;
        this.clock = clock;
        began = shownAt = clock.GetTimestamp();
    }

    /// <summary>Runs <paramref name="work"/> on the calling thread, and shows the bar meanwhile.</summary>
    public static T Show<T>(Screen screen, TimeProvider clock, Func<ReadingProgress, T> work) => screen.IsRich
        ? screen.Console.Progress()
            .AutoClear(true)
            .Columns(
                new SpinnerColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context => work(new ReadingProgress(context.AddTask("opening", maxValue: Whole), clock)))
        : work(new ReadingProgress(null, clock));

    /// <summary>Called after each batch, on one thread at a time.</summary>
    /// <param name="source">How far reading is.</param>
    /// <param name="more">What else is shown; asked for only when something is shown.</param>
    public void Report(FileSourceProgress source, Func<string> more)
    {
        if (task is null || clock.GetElapsedTime(shownAt) < Interval)
            return;

        shownAt = clock.GetTimestamp();
        var rate = (long)(source.Records / clock.GetElapsedTime(began).TotalSeconds);
        task.IsIndeterminate = source.TotalBytes is null;
        task.Value = source.TotalBytes is > 0 and var total ? Whole * source.BytesRead / total : 0;
        task.Description = $"{IncidentWords.Count(source.Records)} views, {IncidentWords.Count(rate)} views/s{more()}";
    }
}
