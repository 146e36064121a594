using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Service.Control;

/// <summary>What a control message asks for.</summary>
internal abstract record ControlAction;

/// <summary>Asks what this process does. It is answered at once, whatever commands wait.</summary>
internal sealed record StatusAction : ControlAction;

/// <summary>Is done by every pipeline of the process, in the order in which messages arrive.</summary>
internal abstract record PipelineAction : ControlAction
{
    /// <summary>Whether a pipeline that begins in this process later is to do it, too. Then it must be idempotent.</summary>
    public abstract bool IsKept { get; }

    /// <summary>Whether it is enough if one pipeline has done it, as for an incident, which one pipeline has.</summary>
    public abstract bool IsForOne { get; }

    /// <summary>Whether it may take minutes. RabbitMQ waits for it, HTTP is told how far it is.</summary>
    public virtual bool IsLong => false;

    /// <summary>What it asks for, to tell it from another command with its id. Null: not given.</summary>
    public virtual IReadOnlyList<string?> Arguments => [];

    /// <summary>Does it. Begins before it returns, so that the order is kept.</summary>
    /// <exception cref="CommandUnconfirmedException">The pipeline has stopped before it was confirmed.</exception>
    public abstract Task<PipelineReply> RunAsync(ActionContext context);

    /// <summary>The answer for a pipeline that has begun it.</summary>
    public virtual PipelineReply Waiting(string name, ActionServices services) =>
        new(name, ReplyStatus.Unconfirmed, "no commit has confirmed it yet", null);
}

/// <summary>Executes a command in the stream of views.</summary>
internal sealed record StreamAction(ControlCommand Command) : PipelineAction
{
    public override bool IsKept => true;

    public override bool IsForOne =>
        Command is not (SilenceCommand or MaintenanceCommand or SetOptionsCommand or PauseCommand or ResumeCommand);

    public override async Task<PipelineReply> RunAsync(ActionContext context)
    {
        var outcome = await context.Pipeline.ExecuteAsync(Command, CancellationToken.None);
        var status = outcome.Status switch
        {
            CommandStatus.Done => ReplyStatus.Done,
            CommandStatus.AlreadySo => ReplyStatus.AlreadySo,
            _ => ReplyStatus.Refused,
        };
        return new PipelineReply(context.Name, status, outcome.Reason, outcome.At);
    }
}

/// <summary>Commits now.</summary>
internal sealed record CommitAction : PipelineAction
{
    public override bool IsKept => false;

    public override bool IsForOne => false;

    public override async Task<PipelineReply> RunAsync(ActionContext context)
    {
        var (claim, commit) = (context.ClaimAsync(CancellationToken.None), context.Pipeline.CommitAsync(CancellationToken.None));
        var number = await commit;
        return await claim ?? new(context.Name, ReplyStatus.Done, null, null) { Commit = number };
    }
}
