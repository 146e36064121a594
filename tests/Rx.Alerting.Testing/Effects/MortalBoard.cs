using Rx.Alerting.Core.Effects;

namespace Rx.Alerting.Testing.Effects;

/// <summary>The board as one process sees it: a process that is dead writes nothing.</summary>
public sealed class MortalBoard(IBoard board) : IBoard
{
    public bool IsDead { get; set; }

    /// <summary>How long the next reading of a part takes.</summary>
    public Task Reading { get; set; } = Task.CompletedTask;

    public Task ReplaceAsync(string pipeline, long epoch, IReadOnlyList<BoardEntry> entries, CancellationToken cancel) =>
        IsDead ? Dead<bool>() : board.ReplaceAsync(pipeline, epoch, entries, cancel);

    public async Task<IReadOnlyList<BoardEntry>> TakeAsync(string pipeline, long epoch, CancellationToken cancel)
    {
        await Reading;
        return IsDead ? await Dead<IReadOnlyList<BoardEntry>>() : await board.TakeAsync(pipeline, epoch, cancel);
    }

    public Task<long> PostAsync(
        string pipeline, long epoch, IReadOnlyList<BoardEntry> entries, IReadOnlyList<string> gone, CancellationToken cancel) =>
        IsDead ? Dead<long>() : board.PostAsync(pipeline, epoch, entries, gone, cancel);

    public Task<BoardReading> ReadAsync(string? after, CancellationToken cancel) => board.ReadAsync(after, cancel);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static Task<T> Dead<T>() => Task.FromException<T>(new IOException("The process is dead."));
}
