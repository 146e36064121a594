using Rx.Alerting.Core.Control;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>A command in a <see cref="CommandQueue"/>. Changed under the queue's lock.</summary>
internal sealed class QueuedCommand(ControlCommand command)
{
    public ControlCommand Command => command;

    /// <summary>Null: the command was not executed yet.</summary>
    public CommandOutcome? Outcome { get; set; }

    /// <summary><inheritdoc cref="CommandRequest.Place" path="/summary"/> Null, too: it was not executed yet.</summary>
    public long? Place { get; set; }

    /// <summary>Whether a commit has confirmed the command.</summary>
    public bool IsAnswered { get; set; }

    /// <summary>The event time at which the command was executed before. It is not executed earlier.</summary>
    public DateTimeOffset? NotBefore => Outcome?.At;

    public TaskCompletionSource<CommandOutcome> Done { get; } = new();
}
