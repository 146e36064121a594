using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Run;
using Rx.Alerting.Service.Terminal;
using Spectre.Console;

namespace Rx.Alerting.Service.Channels;

/// <summary>
/// Prints a line for every change of an incident that is not part of another. If the terminal goes away, only the printing stops.
/// </summary>
/// <remarks>A terminal may be paused for long. So lines are printed on a thread of their own, one delivery at a time.</remarks>
internal sealed class ConsoleChannel(Screen screen, ILogger<ConsoleChannel> log) : IChannel
{
    private readonly SemaphoreSlim turn = new(1);
    private volatile bool isGone;

    /// <inheritdoc cref="IChannel.Name"/>
    public const string ChannelName = "console";

    public string Name => ChannelName;

    public async Task<int> DeliverAsync(string pipeline, IReadOnlyList<Effect> effects, CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            var printed = await Task.Factory.StartNew(
                () => Print(effects, cancel), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            if (printed == 0)
                cancel.ThrowIfCancellationRequested();
            return printed;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <returns>How many of the effects need no printing any more.</returns>
    private int Print(IReadOnlyList<Effect> effects, CancellationToken cancel)
    {
        for (var i = 0; i < effects.Count && !isGone; i++)
        {
            if (cancel.IsCancellationRequested)
                return i;
            if (effects[i] is not ChangeEffect { Change: var change })
                continue; // Whoever has sent a command has its outcome.
            if (change.Transition == IncidentTransition.Refreshed)
                continue;
            if (change.Incident is { Inhibited: true, Reason: not IncidentReason.PartOfParent })
                continue; // What it is part of is told.
            try
            {
                screen.Console.MarkupLine(IncidentLine.Markup(change));
            }
            catch (IOException gone)
            {
                isGone = true;
                RunLog.NobodyReads(log, gone.Message);
            }
        }

        return effects.Count;
    }
}
