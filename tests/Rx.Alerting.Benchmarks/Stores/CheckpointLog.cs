using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Benchmarks.Stores;

/// <summary>Keeps what a pipeline tells of its checkpoints.</summary>
internal sealed class CheckpointLog : IObserver<CheckpointEvent>
{
    private Exception? problem;

    public List<CheckpointEvent> Commits { get; } = [];

    public CheckpointEvent? Restored { get; private set; }

    public void OnNext(CheckpointEvent value)
    {
        if (value.Kind == CheckpointEventKind.Committed)
            Commits.Add(value);
        else if (value.Kind == CheckpointEventKind.Restored)
            Restored = value;
        problem ??= value.Problem;
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    /// <exception cref="ChildFailedException">The store has failed, so the measurement is void.</exception>
    public void ThrowIfProblem()
    {
        if (problem is not null)
            throw new ChildFailedException(problem.Message);
    }
}
