namespace Rx.Alerting.Core.Control;

/// <summary>A command on its way through the dataflow. It comes back with its outcome.</summary>
internal sealed class CommandRequest(ControlCommand command)
{
    public ControlCommand Command => command;

    /// <summary>Null: nothing has executed the command, as after the end of the stream.</summary>
    public CommandOutcome? Outcome { get; set; }
}
