using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Effects;

namespace Rx.Alerting.Service.Tests.Access;

/// <summary>A board that others use, too: it may be away, or be changed between two calls.</summary>
internal sealed class SharedBoard(IBoard board) : IBoard, IDisposable
{
    private int readings;

    public bool IsAway { get; set; }

    /// <summary>What another process does behind a <see cref="TakeAsync"/>.</summary>
    public Func<Task>? AfterTake { get; set; }

    public int Readings => Volatile.Read(ref readings);

    public Task ReplaceAsync(string pipeline, long epoch, IReadOnlyList<BoardEntry> entries, CancellationToken cancel) =>
        Ask(() => board.ReplaceAsync(pipeline, epoch, entries, cancel));

    public async Task<IReadOnlyList<BoardEntry>> TakeAsync(string pipeline, long epoch, CancellationToken cancel)
    {
        var taken = await Ask(() => board.TakeAsync(pipeline, epoch, cancel));
        if (AfterTake is { } other)
        {
            AfterTake = null;
            await other();
        }

        return taken;
    }

    public Task<long> PostAsync(
        string pipeline, long epoch, IReadOnlyList<BoardEntry> entries, IReadOnlyList<string> gone, CancellationToken cancel) =>
        Ask(() => board.PostAsync(pipeline, epoch, entries, gone, cancel));

    public Task<BoardReading> ReadAsync(string? after, CancellationToken cancel)
    {
        Interlocked.Increment(ref readings);
        return Ask(() => board.ReadAsync(after, cancel));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public void Dispose() => board.DisposeAsync().AsTask().Wait();

    private T Ask<T>(Func<T> ask)
        where T : Task => IsAway ? throw new CheckpointStoreException(CheckpointStoreProblem.Unavailable, "The store is away.") : ask();
}
