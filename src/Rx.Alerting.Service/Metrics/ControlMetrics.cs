using Rx.Alerting.Service.Control;

namespace Rx.Alerting.Service.Metrics;

/// <summary>Commands, and messages that were not understood.</summary>
internal sealed class ControlMetrics(Instruments instruments)
{
    private readonly CounterInstrument commands =
        instruments.Counter("control_commands_total", "Commands that this process has answered", "type", "outcome");

    private readonly CounterInstrument deadLetters =
        instruments.Counter("control_dead_letters_total", "Control messages that were not understood");

    public void Take(ControlReply reply)
    {
        if (reply.Type is { } type)
            commands.Add(1, type, PipelineMetrics.SnakeCase(reply.Status));
    }

    /// <summary>A message was not understood.</summary>
    public void TakeDeadLetter() => deadLetters.Add(1);
}
