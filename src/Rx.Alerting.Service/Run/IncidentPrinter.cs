using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Terminal;
using Spectre.Console;

namespace Rx.Alerting.Service.Run;

/// <summary>Prints a line for every change of an incident, on a task of its own, so that a terminal never holds the pipeline up.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>A terminal that does not keep up loses updates. A line says how many.</item>
/// <item>If the terminal goes away, only the printing stops.</item>
/// </list>
/// </remarks>
internal sealed class IncidentPrinter(Screen screen, ILogger<IncidentPrinter> log) : BackgroundService
{
    private const int MaximumWaitingLines = 1000;

    private readonly WaitingChanges waiting = new(MaximumWaitingLines);

    public void Show(IncidentChange change) => waiting.Add(change);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                var (change, dropped) = await waiting.TakeAsync(stoppingToken);
                if (dropped > 0)
                {
                    screen.Console.MarkupLine(
                        $"[grey]… {IncidentWords.Count(dropped)} updates are not shown here: they came faster than lines are printed[/]");
                }

                screen.Console.MarkupLine(IncidentLine.Markup(change));
            }
        }
        catch (IOException gone)
        {
            RunLog.NobodyReads(log, gone.Message);
        }
    }
}
