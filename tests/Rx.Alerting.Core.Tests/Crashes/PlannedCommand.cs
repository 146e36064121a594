using Rx.Alerting.Core.Control;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>A command, and the place in the stream at which it is executed, in every run.</summary>
/// <param name="Shard">The only shard of the pipeline that the command is for.</param>
/// <param name="Place">So many views of the shard come before the command.</param>
/// <param name="Command">What is sent.</param>
/// <param name="Next">What is sent right behind it; null: nothing.</param>
internal sealed record PlannedCommand(SimulatedShard Shard, int Place, ControlCommand Command, ControlCommand? Next = null)
{
    public IReadOnlyList<ControlCommand> Commands => Next is null ? [Command] : [Command, Next];
}
