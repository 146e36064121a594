using Rx.Alerting.Core.Effects;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>The calls of one process to a board. They may fail, or be slow.</summary>
/// <param name="board">The board.</param>
/// <param name="process">The process. It may be killed before and after each call.</param>
/// <param name="waits">Whether the process may sleep or wait at a call. If not, it seldom dies there, and calls seldom fail.</param>
internal sealed class SimulatedBoardCalls(SimulatedBoard board, SimulatedProcess process, bool waits = true) : IBoard
{
    public async Task ReplaceAsync(string pipeline, long epoch, IReadOnlyList<BoardEntry> entries, CancellationToken cancel)
    {
        await PassAsync(CrashSite.Replacing, cancel);
        await board.Kept.ReplaceAsync(pipeline, epoch, entries, cancel);
        await PassAsync(CrashSite.Replaced, cancel);
    }

    public async Task<IReadOnlyList<BoardEntry>> TakeAsync(string pipeline, long epoch, CancellationToken cancel)
    {
        await PassAsync(CrashSite.Taking, cancel);
        var entries = await board.Kept.TakeAsync(pipeline, epoch, cancel);
        await PassAsync(CrashSite.Taken, cancel);
        return entries;
    }

    public async Task<long> PostAsync(
        string pipeline, long epoch, IReadOnlyList<BoardEntry> entries, IReadOnlyList<string> gone, CancellationToken cancel)
    {
        await PassAsync(CrashSite.Posting, cancel);
        var owner = await board.Kept.PostAsync(pipeline, epoch, entries, gone, cancel);
        await PassAsync(CrashSite.Posted, cancel);
        return owner;
    }

    public Task<BoardReading> ReadAsync(string? after, CancellationToken cancel) => board.Kept.ReadAsync(after, cancel);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task PassAsync(CrashSite site, CancellationToken cancel)
    {
        if (waits)
            await process.PassAsync(site, 40, cancel);
        else
            await process.PassAtOnceAsync(site, 200);
        process.MayFail(waits ? 10 : 40);
    }
}
