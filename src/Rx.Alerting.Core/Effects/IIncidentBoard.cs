namespace Rx.Alerting.Core.Effects;

/// <summary>
/// Where every process finds the incidents of all pipelines: the latest state of each, beside the checkpoints in the store. Each pipeline
/// has a part of the board. Its owner writes the part, everybody reads it.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>The board shows what checkpoints have. If it is lost, the owners write it again.</item>
/// <item>All methods may be called at the same time, and repeated.</item>
/// <item>They throw <see cref="Checkpoints.CheckpointStoreException"/> if the store fails.</item>
/// </list>
/// </remarks>
public interface IIncidentBoard : IAsyncDisposable
{
    /// <summary>
    /// Makes a part consist of these incidents, and gives it to an epoch, whoever has it. No reader finds an incident missing that is there
    /// before and after. If the epoch is a new one, the next readings are whole, so that an owner notices who has taken its part.
    /// </summary>
    /// <param name="pipeline">Names the part.</param>
    /// <param name="epoch">Of the pipeline's owner.</param>
    /// <param name="entries">All incidents of the pipeline.</param>
    /// <param name="cancel">Gives up. The part may be replaced in part.</param>
    Task ReplaceAsync(string pipeline, long epoch, IReadOnlyList<BoardEntry> entries, CancellationToken cancel);

    /// <summary>
    /// Writes incidents into a part, and removes others, in one step. A state does not replace a later one (<see
    /// cref="BoardEntry.UpdatedAt"/>).
    /// </summary>
    /// <param name="pipeline">Names the part.</param>
    /// <param name="epoch">Of the pipeline's owner.</param>
    /// <param name="entries">New and changed incidents.</param>
    /// <param name="gone">Ids of incidents to remove. An id that is not there does no harm.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The epoch that has the part; 0 if there is no part. If it is not <paramref name="epoch"/>, nothing has changed.</returns>
    Task<long> PostAsync(
        string pipeline, long epoch, IReadOnlyList<BoardEntry> entries, IReadOnlyList<string> gone, CancellationToken cancel);

    /// <summary>Reads what has changed since an earlier reading.</summary>
    /// <param name="after">The position of that reading. Null: reads everything.</param>
    /// <param name="cancel">Gives up.</param>
    Task<BoardReading> ReadAsync(string? after, CancellationToken cancel);
}

/// <summary>The state of an incident on the board.</summary>
/// <param name="Pipeline">The part.</param>
/// <param name="Id">The incident's id.</param>
/// <param name="UpdatedAt">Its event time.</param>
/// <param name="Value">The whole state, encoded. The board does not look into it.</param>
public sealed record BoardEntry(string Pipeline, string Id, DateTimeOffset UpdatedAt, ReadOnlyMemory<byte> Value);

/// <summary>What a reader of the board gets.</summary>
/// <param name="Position">For the next reading. Means something to this board only.</param>
/// <param name="IsWhole">
/// True: the reading has everything, and what the reader had before is void. So it is with the first reading, and where the board does not
/// know any more what has changed since.
/// </param>
/// <param name="Entries">New and changed incidents, each once.</param>
/// <param name="Gone">Incidents that are gone, by part and id. Empty if the reading is whole.</param>
/// <param name="Parts">All parts, with the epoch that has each. Empty if the reading is not whole.</param>
public sealed record BoardReading(
    string Position,
    bool IsWhole,
    IReadOnlyList<BoardEntry> Entries,
    IReadOnlyList<(string Pipeline, string Id)> Gone,
    IReadOnlyDictionary<string, long> Parts);
