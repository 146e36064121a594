using Rx.Alerting.Core.Dumps;
using Rx.Alerting.Service.Control;

namespace Rx.Alerting.Service.Dumps;

/// <summary>A dump of one pipeline that is being made, or waits for its turn.</summary>
internal sealed class RunningDump(DumpRequest request, string pipeline)
{
    private readonly TaskCompletionSource<PipelineReply> reply = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly List<Func<bool>> askers = [];

    public DumpRequest Request => request;

    public string Pipeline => pipeline;

    public DumpProgress Progress { get; } = new();

    /// <summary>The answer to all who have asked.</summary>
    public Task<PipelineReply> Reply => reply.Task;

    /// <summary>Whether one of those who have asked waits for the answer.</summary>
    public bool IsAwaited => askers.Exists(isAwaited => isAwaited());

    /// <summary>Waits with those who have asked before. Under the lock of the desk.</summary>
    /// <param name="isAwaited">Whether the asker still waits.</param>
    public Task<PipelineReply> JoinAsync(Func<bool> isAwaited)
    {
        askers.RemoveAll(gone => !gone());
        askers.Add(isAwaited);
        return reply.Task;
    }

    public void End(Task<PipelineReply> made) => reply.TrySetFromTask(made);
}
