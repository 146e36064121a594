using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Terminal;
using Spectre.Console;

namespace Rx.Alerting.Service.Run;

/// <summary>On a terminal, prints every ten seconds how far and how fast the pipelines are.</summary>
internal sealed class StatusPrinter(Screen screen, PipelineStatus status, TimeProvider clock) : PeriodicService(Interval, clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private long viewsBefore;

    private static string Paused(IReadOnlyList<PipelineStatistics> pipelines) =>
        pipelines.Count(pipeline => pipeline.Paused is not null) is > 0 and var paused
            ? $" · {IncidentWords.Count(paused)} of {IncidentWords.Count(pipelines.Count)} pipelines paused"
            : string.Empty;

    public override void LookAgain()
    {
        var now = status.Latest.Values.ToList();
        if (!screen.IsRich || now.Min(pipeline => pipeline.Watermark) is not { } eventTime)
            return;

        var views = now.Sum(pipeline => pipeline.Views);
        var rate = (long)(Math.Max(0, views - viewsBefore) / Interval.TotalSeconds);
        viewsBefore = views;
        var (titles, open) = (now.Sum(pipeline => pipeline.Titles), now.Sum(pipeline => pipeline.OpenIncidents));
        screen.Console.MarkupLine(
            $"[grey]{IncidentWords.ShortTime(eventTime)} · {IncidentWords.Count(rate)} views/s, {IncidentWords.Count(titles)} titles, "
            + $"{IncidentWords.Count(open)} incidents open{Paused(now)}[/]");
    }
}
