using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Service.Run;

/// <summary>Several watches of the same pipelines, called one after the other.</summary>
internal sealed class PipelineWatches(params IPipelineWatch[] watches) : IPipelineWatch
{
    public void Begin(string name, DetectionPipeline pipeline)
    {
        foreach (var watch in watches)
            watch.Begin(name, pipeline);
    }

    public void Advance(string name, DetectionPipeline pipeline)
    {
        foreach (var watch in watches)
            watch.Advance(name, pipeline);
    }

    public void Settle(string name, DetectionPipeline pipeline)
    {
        foreach (var watch in watches)
            watch.Settle(name, pipeline);
    }
}
