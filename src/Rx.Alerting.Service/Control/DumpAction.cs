using Rx.Alerting.Core.Dumps;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Dumps;

namespace Rx.Alerting.Service.Control;

/// <summary>Asks for a dump. A process that has pipelines makes a <see cref="PipelineDumpAction"/> of it.</summary>
internal sealed record DumpAction(DumpRequest Request) : ControlAction;

/// <summary>Dumps what pipelines know.</summary>
internal sealed record PipelineDumpAction(DumpRequest Request, DumpDesk Desk) : PipelineAction
{
    /// <summary>A pipeline that comes here later was dumped where it was.</summary>
    public override bool IsKept => false;

    public override bool IsForOne => false;

    public override bool IsLong => true;

    public override Task<PipelineReply> RunAsync(string name, CheckpointedPipeline pipeline) => Desk.RunAsync(Request, name, pipeline);

    public override PipelineReply Waiting(string name) => Desk.Waiting(Request.CommandId, name);
}
