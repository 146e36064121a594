namespace Rx.Alerting.Core.Control;

/// <summary>A command on its way through the dataflow. It comes back with its outcome.</summary>
internal sealed class CommandRequest(ControlCommand command)
{
    public ControlCommand Command => command;

    /// <summary>Null: nothing has executed the command, as after the end of the stream.</summary>
    public CommandOutcome? Outcome { get; set; }

    /// <summary>
    /// The place of the command in the order in which commands were executed first. Null: the command is not remembered, because it has no
    /// id, or the id of another command.
    /// </summary>
    public long? Place { get; set; }
}
