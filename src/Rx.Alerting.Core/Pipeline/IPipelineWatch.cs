namespace Rx.Alerting.Core.Pipeline;

/// <summary>Watches pipelines from outside: for people, never for correctness. What it sees is perhaps not committed yet.</summary>
public interface IPipelineWatch
{
    /// <summary>A pipeline is restored, at its start or after its store has gone back, and at rest; nothing has been pushed into it yet.</summary>
    void Begin(string name, DetectionPipeline pipeline);

    /// <summary>The pipeline is at rest after a batch. On the thread that pushes: must be quick.</summary>
    void Advance(string name, DetectionPipeline pipeline);

    /// <summary>The pipeline is at rest, and what it has is about to be committed: the last that is told where nothing follows. Must be quick.</summary>
    void Settle(string name, DetectionPipeline pipeline);
}
