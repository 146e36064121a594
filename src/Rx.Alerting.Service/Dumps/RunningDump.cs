using Rx.Alerting.Core.Dumps;
using Rx.Alerting.Service.Control;

namespace Rx.Alerting.Service.Dumps;

/// <summary>A dump of one pipeline that is being made, or waits for its turn.</summary>
internal sealed class RunningDump(DumpRequest request, string pipeline)
{
    private readonly TaskCompletionSource<PipelineReply> reply = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DumpRequest Request => request;

    public string Pipeline => pipeline;

    public DumpProgress Progress { get; } = new();

    /// <summary>The answer to all who have asked.</summary>
    public Task<PipelineReply> Reply => reply.Task;

    public void End(Task<PipelineReply> made) => reply.TrySetFromTask(made);
}
