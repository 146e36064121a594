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
            if (status.Latest is not { Watermark: { } eventTime } now)
                continue;

            var rate = (long)((now.Views - viewsBefore) / Interval.TotalSeconds);
            viewsBefore = now.Views;
            screen.Console.MarkupLine(
                $"[grey]{IncidentWords.ShortTime(eventTime)} · {IncidentWords.Count(rate)} views/s, {IncidentWords.Count(now.Titles)} titles, "
                + $"{IncidentWords.Count(now.OpenIncidents)} incidents open[/]");
        }
    }
}
