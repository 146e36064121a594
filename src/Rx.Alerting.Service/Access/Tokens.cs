using System.Security.Cryptography;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Access;

/// <summary>The tokens that hold: those that are configured, and those of the store. Thread-safe.</summary>
/// <remarks>
/// The store is asked when a token is shown, at most once a second, so a service that nobody shows a token costs nothing. What was read
/// within <see cref="Fresh"/> answers at once, and is read anew meanwhile. So a token that was revoked is refused a few seconds later.
/// While the store does not answer, what was read last holds.
/// </remarks>
/// <param name="given">Those that are configured.</param>
/// <param name="store">Has the others.</param>
/// <param name="clock">Processing time.</param>
/// <param name="log">Is told if the store fails.</param>
internal sealed class Tokens(IEnumerable<TokenGrant> given, TokenStore store, TimeProvider clock, ILogger<Tokens> log) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1), Fresh = TimeSpan.FromSeconds(3), Patience = TimeSpan.FromSeconds(2);

    /// <summary>How often the use of a token is noted.</summary>
    private static readonly TimeSpan UseInterval = TimeSpan.FromMinutes(1);

    private readonly TokenGrant[] configured = [.. given];
    private readonly Lock gate = new();
    private readonly Dictionary<string, TokenGrant> stored = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> used = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource end = new();
    private TokenGrant[] all = [.. given];
    private Task? reading;
    private string? position;
    private long readAt;
    private bool fails;

    /// <summary>Whether the tokens of the store are known at all.</summary>
    public bool AreRead => Volatile.Read(ref position) is not null;

    /// <summary>What a token gives. Null: nothing.</summary>
    /// <param name="token">A well-formed one.</param>
    /// <param name="cancel">Ends the wait for the store.</param>
    public async ValueTask<TokenGrant?> FindAsync(string token, CancellationToken cancel)
    {
        var hash = ApiToken.HashOf(token);
        var grant = Find(configured, hash);
        if (grant is null)
        {
            await RefreshAsync(cancel);
            grant = Find(Volatile.Read(ref all), hash);
        }

        if (grant is not null)
            NoteUse(grant);
        return grant;
    }

    /// <summary>Whether a token that was found still holds. For answers that take long.</summary>
    public async ValueTask<bool> HoldsAsync(TokenGrant grant, CancellationToken cancel)
    {
        if (!Array.Exists(configured, one => one == grant))
            await RefreshAsync(cancel);
        return Find(Volatile.Read(ref all), grant.Sha256) is not null;
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        if (reading is { } last)
            await last;
        await store.DisposeAsync();
        end.Dispose();
    }

    /// <summary>Looks at every token to its end, so that the time it takes tells nothing of any of them.</summary>
    private TokenGrant? Find(TokenGrant[] grants, byte[] hash)
    {
        var (now, found) = (clock.GetUtcNow(), (TokenGrant?)null);
        foreach (var grant in grants)
        {
            if (CryptographicOperations.FixedTimeEquals(grant.Sha256, hash))
                found = grant;
        }

        return found?.HoldsAt(now) == true ? found : null;
    }

    private async Task RefreshAsync(CancellationToken cancel)
    {
        Task? read;
        lock (gate)
        {
            var age = position is null && readAt == 0 ? TimeSpan.MaxValue : clock.GetElapsedTime(readAt);
            if (age <= Pause)
                return;
            if (reading is null or { IsCompleted: true })
                reading = Task.Run(ReadAsync, CancellationToken.None);
            read = age <= Fresh ? null : reading;
        }

        if (read is null)
            return;
        try
        {
            await read.WaitAsync(Patience, clock, cancel);
        }
        catch (TimeoutException)
        {
            // What was read last holds.
        }
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

                Volatile.Write(ref all, [.. configured, .. stored.Values]);
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

    private void NoteUse(TokenGrant grant)
    {
        var now = clock.GetUtcNow();
        lock (gate)
        {
            if (grant.CreatedAt is null || (used.TryGetValue(grant.Id, out var last) && now - last < UseInterval))
                return;
            used[grant.Id] = now;
        }

        _ = NoteAsync();

        async Task NoteAsync()
        {
            try
            {
                await store.NoteUseAsync(grant.Id, now, end.Token);
            }
            catch (Exception problem) when (problem is CheckpointStoreException or OperationCanceledException or ObjectDisposedException)
            {
                // Only the time of the last use is lost. That the store fails is told by whoever reads it.
            }
        }
    }
}
