using Rx.Alerting.Core.Effects;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>The calls of one process to the board. They may fail, or be slow.</summary>
internal sealed class SimulatedBoardCalls(SimulatedBoard board, SimulatedProcess process) : IBoard
{
    public async Task ReplaceAsync(string pipeline, long epoch, IReadOnlyList<BoardEntry> entries, CancellationToken cancel)
    {
        await process.PassAsync(CrashSite.Replacing, 40, cancel);
        process.MayFail(10);
        await board.Kept.ReplaceAsync(pipeline, epoch, entries, cancel);
        await process.PassAsync(CrashSite.Replaced, 40, cancel);
        process.MayFail(10);
    }

    public async Task<long> PostAsync(
        string pipeline, long epoch, IReadOnlyList<BoardEntry> entries, IReadOnlyList<string> gone, CancellationToken cancel)
    {
        await process.PassAsync(CrashSite.Posting, 40, cancel);
        process.MayFail(10);
        var owner = await board.Kept.PostAsync(pipeline, epoch, entries, gone, cancel);
        await process.PassAsync(CrashSite.Posted, 40, cancel);
        process.MayFail(10);
        return owner;
    }

    public Task<BoardReading> ReadAsync(string? after, CancellationToken cancel) => board.Kept.ReadAsync(after, cancel);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
