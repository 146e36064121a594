using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Service.Sources;

/// <summary>What the service watches.</summary>
/// <param name="Kind">What the names of its pipelines begin with: <c>kafka</c> of <c>kafka/views</c>.</param>
/// <param name="Description">For people: <c>topic views at broker:9092</c>.</param>
/// <param name="Assignments">Its pipelines: one of the whole stream, or one of each partition that is assigned to this process.</param>
internal sealed record WatchedStream(string Kind, string Description, IPartitionAssignments Assignments) : IDisposable
{
    /// <summary>How what it still has is read once more. Null: it cannot be read a second time.</summary>
    public StreamAgain? Again { get; init; }

    /// <summary>Whether other processes have the other partitions.</summary>
    public bool IsShared => Assignments is not WholeStream;

    /// <summary>The name under which the store keeps the state of a partition, or of the whole stream.</summary>
    public string PipelineName(string partition) => $"{Kind}/{partition}";

    /// <summary>Whether a pipeline is of this stream, in this process or in another one.</summary>
    public bool Has(string pipeline) =>
        pipeline.StartsWith($"{Kind}/", StringComparison.Ordinal) && Assignments.Has(pipeline[(Kind.Length + 1)..]);

    public void Dispose() => (Assignments as IDisposable)?.Dispose();
}
