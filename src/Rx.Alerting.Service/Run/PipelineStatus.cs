using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Service.Run;

/// <summary>What the pipeline's thread last told about itself; read by any thread.</summary>
internal sealed class PipelineStatus(TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private volatile PipelineStatistics? latest;
    private long publishedAt;

    /// <summary>Null before the first batch.</summary>
    public PipelineStatistics? Latest => latest;

    /// <summary>Called on the pipeline's thread after each batch; takes a copy now and then.</summary>
    /// <returns>The copy, if one was taken.</returns>
    public PipelineStatistics? Publish(DetectionPipeline pipeline)
    {
        if (latest is not null && clock.GetElapsedTime(publishedAt) < Interval)
            return null;

        publishedAt = clock.GetTimestamp();
        return latest = pipeline.Statistics;
    }
}
