using Rx.Alerting.Core.Effects;
using Rx.Alerting.Service.Run;
using Rx.Alerting.Service.Terminal;
using Spectre.Console;

namespace Rx.Alerting.Service.Channels;

/// <summary>Prints a line for every change of an incident. If the terminal goes away, only the printing stops.</summary>
internal sealed class ConsoleChannel(Screen screen, ILogger<ConsoleChannel> log) : IChannel
{
    private readonly Lock turn = new();
    private bool isGone;

    public string Name => "console";

    public Task<int> DeliverAsync(string pipeline, IReadOnlyList<Effect> effects, CancellationToken cancel)
    {
        lock (turn)
        {
            for (var i = 0; i < effects.Count && !isGone; i++)
                Print(effects[i]);
        }

        return Task.FromResult(effects.Count);
    }

    private void Print(Effect effect)
    {
        try
        {
            screen.Console.MarkupLine(IncidentLine.Markup(effect.Change));
        }
        catch (IOException gone)
        {
            isGone = true;
            RunLog.NobodyReads(log, gone.Message);
        }
    }
}
