using Rx.Alerting.Service.Terminal;
using Spectre.Console;

namespace Rx.Alerting.Service.Run;

/// <summary>On a terminal, says now and then how far the pipeline is and how fast.</summary>
internal sealed class StatusPrinter(Screen screen, PipelineStatus status, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!screen.IsRich)
            return;

        using var timer = new PeriodicTimer(Interval, clock);
        long viewsBefore = 0;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = status.Latest.Values.ToList();
            if (now.Min(one => one.Watermark) is not { } eventTime)
                continue;

            var views = now.Sum(one => one.Views);
            var rate = (long)(Math.Max(0, views - viewsBefore) / Interval.TotalSeconds);
            viewsBefore = views;
            screen.Console.MarkupLine(
                $"[grey]{IncidentWords.ShortTime(eventTime)} · {IncidentWords.Count(rate)} views/s, {IncidentWords.Count(now.Sum(one => one.Titles))} titles, "
                + $"{IncidentWords.Count(now.Sum(one => one.OpenIncidents))} incidents open[/]");
        }
    }
}
