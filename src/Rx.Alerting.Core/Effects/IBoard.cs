namespace Rx.Alerting.Core.Effects;

/// <summary>
/// Where every process finds what all pipelines have to show, beside the checkpoints in the store: the latest state of each incident, or
/// what channels have told of it. Each pipeline has parts of the board. Its owner writes the parts, everybody reads them.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>All methods may be called at the same time, and repeated.</item>
/// <item>They throw <see cref="Checkpoints.CheckpointStoreException"/> if the store fails.</item>
/// </list>
/// </remarks>
public interface IBoard : IAsyncDisposable
{
    /// <summary>
    /// Makes a part consist of these entries, and gives it to an epoch, whoever has it. No reader finds an entry missing that is there
    /// before and after. If the epoch is a new one, the next readings are whole, so that an owner notices who has taken its part.
    /// </summary>
    /// <param name="pipeline">Names the part.</param>
    /// <param name="epoch">Of the pipeline's owner.</param>
    /// <param name="entries">All entries of the part.</param>
    /// <param name="cancel">Gives up. The part may be replaced in part.</param>
    Task ReplaceAsync(string pipeline, long epoch, IReadOnlyList<BoardEntry> entries, CancellationToken cancel);

    /// <summary>
    /// Gives a part to an epoch, whoever has it, and reads it. Nothing that an earlier owner writes from then on comes into the part. If
    /// the epoch is a new one, the next readings are whole.
    /// </summary>
    /// <param name="pipeline">Names the part.</param>
    /// <param name="epoch">Of the pipeline's owner.</param>
    /// <param name="cancel">Gives up. The part may be taken all the same.</param>
    Task<IReadOnlyList<BoardEntry>> TakeAsync(string pipeline, long epoch, CancellationToken cancel);

    /// <summary>
    /// Writes entries into a part, and removes others, in one step. A state does not replace a later one (<see
    /// cref="BoardEntry.UpdatedAt"/>).
    /// </summary>
    /// <param name="pipeline">Names the part.</param>
    /// <param name="epoch">Of the pipeline's owner.</param>
    /// <param name="entries">New and changed entries.</param>
    /// <param name="gone">Ids of entries to remove. An id that is not there does no harm.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The epoch that has the part; 0 if there is no part. If it is not <paramref name="epoch"/>, nothing has changed.</returns>
    Task<long> PostAsync(
        string pipeline, long epoch, IReadOnlyList<BoardEntry> entries, IReadOnlyList<string> gone, CancellationToken cancel);

    /// <summary>Reads what has changed since an earlier reading.</summary>
    /// <param name="after">The position of that reading. Null: reads everything.</param>
    /// <param name="cancel">Gives up.</param>
    Task<BoardReading> ReadAsync(string? after, CancellationToken cancel);
}

/// <summary>An entry of the board.</summary>
/// <param name="Pipeline">The part.</param>
/// <param name="Id">Its name within the part.</param>
/// <param name="UpdatedAt">When it was written: of two states the later one stays.</param>
/// <param name="Value">The whole state, encoded. The board does not look into it.</param>
public sealed record BoardEntry(string Pipeline, string Id, DateTimeOffset UpdatedAt, ReadOnlyMemory<byte> Value);

/// <summary>What a reader of the board gets.</summary>
/// <param name="Position">For the next reading. Means something to this board only.</param>
/// <param name="IsWhole">
/// True: the reading has everything, and what the reader had before is void. So it is with the first reading, and where the board does not
/// know any more what has changed since.
/// </param>
/// <param name="Entries">New and changed entries, each once.</param>
/// <param name="Gone">Entries that are gone, by part and id. Empty if the reading is whole.</param>
/// <param name="Parts">All parts, with the epoch that has each. Empty if the reading is not whole.</param>
public sealed record BoardReading(
    string Position,
    bool IsWhole,
    IReadOnlyList<BoardEntry> Entries,
    IReadOnlyList<(string Pipeline, string Id)> Gone,
    IReadOnlyDictionary<string, long> Parts)
{
    /// <summary>
    /// Positions of the latest changes of entries, also of those that are gone. The same for every reader. Empty if the reading is whole;
    /// what is not there has changed at <see cref="Position"/>.
    /// </summary>
    public IReadOnlyDictionary<(string Pipeline, string Id), string> Positions { get; init; } =
        new Dictionary<(string Pipeline, string Id), string>();
}
