using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Service.Control;

/// <summary>A request on its way through the pipelines of this process. Thread-safe.</summary>
/// <param name="request">Has a <see cref="PipelineAction"/>.</param>
/// <param name="services">Of this process.</param>
/// <param name="at">When it came, as a time stamp of the clock.</param>
internal sealed class DispatchedCommand(ControlRequest request, ActionServices services, long at)
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, PipelineReply> replies = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> begun = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PipelineAction Action => (PipelineAction)request.Action;

    public long At => at;

    /// <summary>Completes when every pipeline that has the command has confirmed it, and there is one at least.</summary>
    public Task Settled => settled.Task;

    /// <summary>Completes when every pipeline that has the command has ended it, whether confirmed or not.</summary>
    public Task Ended => ended.Task;

    /// <summary>Whether somebody waits for the answer.</summary>
    public bool IsAwaited { get; set; } = true;

    /// <summary>Whether no pipeline has, or had, the command.</summary>
    public bool IsUntouched
    {
        get
        {
            lock (gate)
                return replies.Count == 0 && begun.Count == 0;
        }
    }

    /// <summary>Has a pipeline execute the command.</summary>
    /// <inheritdoc cref="PipelineAction.RunAsync" path="/exception"/>
    public Task<PipelineReply> RunAsync(string name, CheckpointedPipeline pipeline) =>
        Action.RunAsync(new(request, name, pipeline, services, () => IsAwaited));

    /// <summary>A pipeline takes the command.</summary>
    public void Begin(string pipeline)
    {
        lock (gate)
            begun[pipeline] = begun.GetValueOrDefault(pipeline) + 1;
    }

    /// <summary>A pipeline that has begun has an answer.</summary>
    public void End(PipelineReply reply)
    {
        lock (gate)
        {
            if (--begun[reply.Pipeline] == 0)
                begun.Remove(reply.Pipeline);
            // A pipeline that has lost its partition does not take back what it has confirmed.
            if (reply.Status != ReplyStatus.Unconfirmed || !replies.ContainsKey(reply.Pipeline))
                replies[reply.Pipeline] = reply;
            if (begun.Count == 0)
                ended.TrySetResult();
            if (begun.Count > 0 || replies.Values.Any(one => one.Status == ReplyStatus.Unconfirmed))
                return;
        }

        settled.TrySetResult();
    }

    /// <summary>The answer of every pipeline, as far as there is one.</summary>
    public IReadOnlyList<PipelineReply> Replies()
    {
        lock (gate)
        {
            var waiting = begun.Keys.Except(replies.Keys)
                .Select(name => Action.Waiting(name, services));
            return [.. replies.Values.Concat(waiting).OrderBy(reply => reply.Pipeline, StringComparer.Ordinal)];
        }
    }
}
