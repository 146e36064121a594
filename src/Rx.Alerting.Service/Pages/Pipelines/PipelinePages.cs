using Rx.Alerting.Service.Access;

namespace Rx.Alerting.Service.Pages.Pipelines;

/// <summary>Answers requests for the page of the pipelines.</summary>
internal sealed class PipelinePages(PageFrames frames, PipelineLook pipelines)
{
    private const int MostPartitions = 100;

    public Task ShowAsync(HttpContext context)
    {
        if (PageZone.Choose(context))
            return Task.CompletedTask;
        var frame = frames.Of(context, "Pipeline") with { RefreshSeconds = 5 };
        var detail = pipelines.Look(context.Caller().Scope, frame.State, MostPartitions);
        return frames.Renderer.WriteAsync<PipelinePage>(
            context, StatusCodes.Status200OK, new() { ["Frame"] = frame, ["Detail"] = detail });
    }
}
