namespace Rx.Alerting.Core.Pipeline;

/// <summary>Watches pipelines from outside: for people, never for correctness. What is seen may not be committed yet.</summary>
public interface IPipelineWatch
{
    /// <summary>A pipeline is restored, at its start or after its store has gone back. Nothing has been pushed yet.</summary>
    void Begin(string name, DetectionPipeline pipeline);

    /// <summary>
    /// The pipeline is quiescent after a batch, or before a commit is repeated. The pipeline waits: must be quick.
    /// </summary>
    void Advance(string name, DetectionPipeline pipeline);

    /// <summary>
    /// The pipeline is quiescent, and its state is about to be committed. At the end of a stream, the last call. Must be quick.
    /// </summary>
    void Settle(string name, DetectionPipeline pipeline);
}
