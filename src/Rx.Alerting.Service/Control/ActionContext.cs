using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Channels;
using Rx.Alerting.Service.Dumps;

namespace Rx.Alerting.Service.Control;

/// <summary>What actions need of this process.</summary>
internal sealed record ActionServices(DumpDesk Dumps, NotificationChannels Channels);

/// <summary>A command, and the pipeline that is to do it.</summary>
/// <param name="Request">The command.</param>
/// <param name="Name">The pipeline's name.</param>
/// <param name="Pipeline">Runs, or will run soon.</param>
/// <param name="Services">Of this process.</param>
/// <param name="IsAwaited">Whether somebody waits for the answer.</param>
internal sealed record ActionContext(
    ControlRequest Request, string Name, CheckpointedPipeline Pipeline, ActionServices Services, Func<bool> IsAwaited)
{
    /// <summary>
    /// Takes the id of a command that is executed beside the stream, so that no command of another kind can have it. Begins before it
    /// returns, so that the order is kept.
    /// </summary>
    /// <returns>Why the command must not be executed. Null: it may be.</returns>
    /// <exception cref="CommandUnconfirmedException">The pipeline has stopped before it was confirmed.</exception>
    public async Task<PipelineReply?> ClaimAsync(CancellationToken cancel)
    {
        var claim = new ClaimIdCommand(Request.Id, Request.By, Request.Type, ((PipelineAction)Request.Action).Arguments);
        var outcome = await Pipeline.ExecuteAsync(claim, cancel);
        return outcome.Status == CommandStatus.Refused ? new(Name, ReplyStatus.Refused, outcome.Reason, outcome.At) : null;
    }
}
