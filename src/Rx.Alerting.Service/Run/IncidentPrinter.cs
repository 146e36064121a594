using System.Threading.Channels;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Terminal;
using Spectre.Console;

namespace Rx.Alerting.Service.Run;

/// <summary>
/// Prints a line for every change of an incident, on a task of its own: a terminal that does not keep up loses the
/// oldest lines and never holds the pipeline up, and one that goes away stops the lines alone.
/// </summary>
internal sealed class IncidentPrinter(Screen screen, ILogger<IncidentPrinter> log) : BackgroundService
{
    private const int MaximumWaitingLines = 1000;

    private readonly Channel<IncidentChange> waiting = Channel.CreateBounded<IncidentChange>(
        new BoundedChannelOptions(MaximumWaitingLines) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public void Show(IncidentChange change) => waiting.Writer.TryWrite(change);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var change in waiting.Reader.ReadAllAsync(stoppingToken))
                screen.Console.MarkupLine(IncidentLine.Markup(change));
        }
        catch (IOException gone)
        {
            RunLog.NobodyReads(log, gone.Message);
        }
    }
}
