using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>What a cut is to hold, and what it may cost.</summary>
/// <param name="Sections">The sections of the state that are needed.</param>
/// <param name="Folder">Has the temporary files.</param>
/// <param name="MaximumBytes">The most bytes of temporary files.</param>
public sealed record CutRequest(IReadOnlyCollection<string> Sections, string Folder, long MaximumBytes)
{
    /// <summary>
    /// The store of the pipeline by a connection of its own, so that reading and commits do not wait for one another. Null: the pipeline's
    /// connection.
    /// </summary>
    public ICheckpointStore? Reader { get; init; }

    /// <summary>Told how many entries were read so far, on any thread. Null: nobody listens.</summary>
    public Action<long>? Progress { get; init; }
}
