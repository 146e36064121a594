using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Core.Tests.Pipeline;

/// <summary>Is in the middle of a batch when it is called.</summary>
internal sealed class AdvanceWatch : IPipelineWatch
{
    public Action Advanced { get; set; } = () => { };

    public void Begin(string name, DetectionPipeline pipeline)
    {
    }

    public void Advance(string name, DetectionPipeline pipeline) => Advanced();

    public void Settle(string name, DetectionPipeline pipeline)
    {
    }
}
