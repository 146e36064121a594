using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Effects;

namespace Rx.Alerting.Testing.Effects;

/// <summary>The board as one process sees it: a process that is dead writes nothing.</summary>
public sealed class MortalBoard(IBoard board) : IBoard
{
    public bool IsDead { get; set; }

    /// <summary>The store takes nothing, and gives nothing.</summary>
    public bool IsAway { get; set; }

    /// <summary>The store takes what changes nothing, and gives what it has. Its disk has no room for more.</summary>
    public bool TakesNoWrites { get; set; }

    /// <summary>The id of an entry that the store never takes. Null: it takes all.</summary>
    public string? Refused { get; set; }

    /// <summary>How long the next reading of a part takes.</summary>
    public Task Reading { get; set; } = Task.CompletedTask;

    public Task ReplaceAsync(string pipeline, long epoch, IReadOnlyList<BoardEntry> entries, CancellationToken cancel) =>
        IsDead || IsAway || IsRefused(entries) ? Fail<bool>() : board.ReplaceAsync(pipeline, epoch, entries, cancel);

    public async Task<IReadOnlyList<BoardEntry>> TakeAsync(string pipeline, long epoch, CancellationToken cancel)
    {
        await Reading;
        return IsDead ? await Fail<IReadOnlyList<BoardEntry>>() : await board.TakeAsync(pipeline, epoch, cancel);
    }

    public Task<long> PostAsync(
        string pipeline, long epoch, IReadOnlyList<BoardEntry> entries, IReadOnlyList<string> gone, CancellationToken cancel) =>
        IsDead || IsAway || IsRefused(entries) ? Fail<long>() : board.PostAsync(pipeline, epoch, entries, gone, cancel);

    public Task<BoardReading> ReadAsync(string? after, CancellationToken cancel) => board.ReadAsync(after, cancel);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private bool IsRefused(IReadOnlyList<BoardEntry> entries) =>
        (TakesNoWrites && entries.Count > 0) || entries.Any(entry => entry.Id == Refused);

    private Task<T> Fail<T>() => Task.FromException<T>(IsDead
        ? new IOException("The process is dead.")
        : new CheckpointStoreException(CheckpointStoreProblem.Unavailable, "The store is away."));
}
