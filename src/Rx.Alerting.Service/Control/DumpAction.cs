using Rx.Alerting.Core.Dumps;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Service.Control;

/// <summary>Dumps what pipelines know.</summary>
internal sealed record DumpAction(DumpRequest Request) : PipelineAction
{
    /// <summary>A pipeline that comes here later was dumped where it was.</summary>
    public override bool IsKept => false;

    public override bool IsForOne => false;

    public override bool IsLong => true;

    public override IReadOnlyList<string?> Arguments =>
        [Request.Filter.Property, Request.Filter.Title, Request.Filter.ErrorType, OptionText.Of(Request.All)];

    public override Task<PipelineReply> RunAsync(ActionContext context) => context.Services.Dumps.RunAsync(Request, context);

    public override PipelineReply Waiting(string name, ActionServices services) => services.Dumps.Waiting(Request.CommandId, name);
}
