using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Notifications;

/// <summary>
/// What receivers are still to get of what people were told, such as pictures. It is brought while nothing is due, and waits again when
/// something becomes due.
/// </summary>
internal sealed class NotificationAftermath(NotificationChannel channel, TimeProvider clock)
{
    /// <summary>What is due sooner would interrupt it.</summary>
    private static readonly TimeSpan ShortestCalm = TimeSpan.FromSeconds(2);

    /// <summary>A timer takes no more than 49 days, and nothing takes that long.</summary>
    private static readonly TimeSpan LongestCalm = TimeSpan.FromMinutes(5);

    /// <summary>More are not waited for. What is dropped comes with the incident's next notification.</summary>
    private const int Most = 100;

    private readonly OrderedDictionary<string, Remainder> waiting = new(StringComparer.Ordinal);

    public bool IsEmpty => waiting.Count == 0;

    /// <summary>Something remains to be brought.</summary>
    public void Add(NotificationPart part, NotificationThread thread, NotifyResult.Delivered told)
    {
        waiting.Remove(thread.Id);
        waiting.Add(thread.Id, new(part, thread, told));
        if (waiting.Count > Most)
            waiting.RemoveAt(0);
    }

    /// <summary>What remains of earlier notifications of a thread is out of date.</summary>
    public void Forget(string threadId) => waiting.Remove(threadId);

    /// <summary>Brings one thing.</summary>
    /// <param name="calm">How long nothing is due, as far as is known.</param>
    /// <param name="isDue">Whether something has become due.</param>
    /// <param name="failed">Told of a fault of this program. What has it is dropped, and everything else goes on.</param>
    /// <param name="stop">Gives it up.</param>
    /// <returns>False if there was nothing to do, or no time for it.</returns>
    public async Task<bool> RunAsync(
        TimeSpan calm, Func<bool> isDue, Action<NotificationPart, NotificationThread, Exception> failed, CancellationToken stop)
    {
        if (calm < ShortestCalm || IsEmpty)
            return false;
        var (id, next) = waiting.GetAt(0);
        waiting.RemoveAt(0);
        using var interruption = CancellationTokenSource.CreateLinkedTokenSource(stop);
        try
        {
            // Whoever has the pipeline now may have told more since, and must not be overwritten. So it is asked for first.
            if (!await channel.ChangeAsync(next.Part, next.Thread, () => IsUpToDate(next), stop))
                return true;
            var end = await BringAsync(next.Told.Afterwards!, calm, () => isDue() || !IsUpToDate(next), interruption);
            await channel.ChangeAsync(next.Part, next.Thread, () => Refer(next, end.Reference), stop);
        }
        catch (OperationCanceledException) when (interruption.IsCancellationRequested)
        {
            waiting.Add(id, next); // It waits for the next calm, behind the others.
        }
        catch (CheckpointStoreException)
        {
            waiting.TryAdd(id, next); // What is brought once more does no harm.
        }
        catch (Exception fault)
        {
            failed(next.Part, next.Thread, fault);
        }

        return true;
    }

    private async Task<NotifyResult.Delivered> BringAsync(
        Func<CancellationToken, Task<NotifyResult.Delivered>> bring, TimeSpan calm, Func<bool> isDue, CancellationTokenSource interruption)
    {
        using var end = new CancellationTokenSource(calm < LongestCalm ? calm : LongestCalm, clock);
        await using var over = end.Token.Register(interruption.Cancel);
        var bringing = bring(interruption.Token);
        while (!bringing.IsCompleted)
        {
            var changed = channel.Changed;
            if (isDue())
                await interruption.CancelAsync();
            await Task.WhenAny(bringing, changed);
        }

        return await bringing;
    }

    /// <summary>Whether this process tells of the thread, and has not told anything else since.</summary>
    private bool IsUpToDate(Remainder next) =>
        channel.Has(next.Part, next.Thread) && next.Thread.Reference == next.Told.Reference;

    private bool Refer(Remainder next, string? reference)
    {
        if (!IsUpToDate(next))
            return false;
        next.Thread.Reference = reference;
        return true;
    }

    private sealed record Remainder(NotificationPart Part, NotificationThread Thread, NotifyResult.Delivered Told);
}
