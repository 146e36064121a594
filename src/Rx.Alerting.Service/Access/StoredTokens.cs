using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Access;

/// <summary>The tokens of the store, as they were read last. Thread-safe.</summary>
/// <remarks>
/// The store is asked when a token is shown, at most once a second, so a service that nobody shows a token costs nothing. What was read
/// within <see cref="Fresh"/> answers at once, and is read anew meanwhile. So a token that was revoked is refused a few seconds later.
/// While the store does not answer, what was read last holds. A token that is not known may be new: then one further reading is waited for,
/// which all share who show unknown tokens meanwhile. There is one each <see cref="MissPause"/> at most, so nobody can hammer the store.
/// </remarks>
/// <param name="store">Has the tokens.</param>
/// <param name="clock">Processing time.</param>
/// <param name="log">Is told if the store fails.</param>
internal sealed class StoredTokens(TokenStore store, TimeProvider clock, ILogger<Tokens> log) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1), Fresh = TimeSpan.FromSeconds(3), Patience = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly Dictionary<string, TokenGrant> stored = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource end = new();
    private TokenGrant[] all = [];
    private Task? reading, coming;
    private string? position;
    private int begun;
    private bool isComing, fails;
    private long readAt, begunAt;

    /// <summary>Between two readings for tokens that are not known.</summary>
    public static TimeSpan MissPause { get; } = TimeSpan.FromMilliseconds(250);

    /// <summary>What was read last.</summary>
    public TokenGrant[] All => Volatile.Read(ref all);

    /// <summary>Whether they are known at all.</summary>
    public bool AreRead => Volatile.Read(ref position) is not null;

    /// <summary>How many readings have begun.</summary>
    public int Begun => Volatile.Read(ref begun);

    /// <summary>Reads the tokens, or has them read meanwhile, unless they are known well enough.</summary>
    public async Task RefreshAsync(CancellationToken cancel)
    {
        Task? read;
        lock (gate)
        {
            var age = position is null && readAt == 0 ? TimeSpan.MaxValue : clock.GetElapsedTime(readAt);
            if (age <= Pause)
                return;
            if (reading is null or { IsCompleted: true })
                Begin();
            read = age <= Fresh ? null : reading;
        }

        if (read is not null)
            await WaitAsync(read, cancel);
    }

    /// <summary>Waits for a reading that has begun after some others.</summary>
    /// <param name="since">The number of those others.</param>
    /// <param name="cancel">Ends the wait.</param>
    public Task ReadBehindAsync(int since, CancellationToken cancel)
    {
        lock (gate)
        {
            if (begun > since)
                return WaitAsync(reading!, cancel);
            if (!isComing)
            {
                isComing = true;
                coming = ComeAsync();
            }

            return WaitAsync(coming!, cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await (coming ?? Task.CompletedTask);
        await (reading ?? Task.CompletedTask);
        end.Dispose();
    }

    private async Task WaitAsync(Task read, CancellationToken cancel)
    {
        try
        {
            await read.WaitAsync(Patience, clock, cancel);
        }
        catch (TimeoutException)
        {
            // What was read last holds.
        }
    }

    private async Task ComeAsync()
    {
        await (reading ?? Task.CompletedTask);
        var pause = MissPause - clock.GetElapsedTime(begunAt);
        if (pause > TimeSpan.Zero)
            await Task.Delay(pause, clock, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (true)
        {
            Task read;
            bool isOwn;
            lock (gate)
            {
                isOwn = reading is null or { IsCompleted: true };
                if (isOwn)
                {
                    Begin();
                    isComing = false; // Who misses a token from now on needs another one.
                }

                read = reading!;
            }

            await read;
            if (isOwn)
                return;
        }
    }

    /// <summary>Under the lock.</summary>
    private void Begin()
    {
        begun++;
        begunAt = clock.GetTimestamp();
        reading = Task.Run(ReadAsync, CancellationToken.None);
    }

    private async Task ReadAsync()
    {
        try
        {
            var read = await store.ReadAsync(position, end.Token);
            lock (gate)
            {
                if (read.IsWhole)
                    stored.Clear();
                foreach (var (part, id) in read.Gone.Where(gone => TokenStore.IsGrant(gone.Pipeline)))
                    stored.Remove(id);
                foreach (var entry in read.Entries.Where(entry => TokenStore.IsGrant(entry.Pipeline)))
                {
                    if (TokenJson.Read(entry.Value.Span) is { } grant)
                        stored[entry.Id] = grant;
                }

                Volatile.Write(ref all, [.. stored.Values]);
                Volatile.Write(ref position, read.Position);
                readAt = clock.GetTimestamp();
            }

            if (fails)
                RunLog.TokensAreBack(log);
            fails = false;
        }
        catch (CheckpointStoreException problem)
        {
            if (!fails)
                RunLog.TokensFail(log, problem.Message);
            fails = true;
            lock (gate)
                readAt = clock.GetTimestamp();
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The service stops.
        }
    }
}
