using System.Security.Cryptography;
using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Service.Access;

/// <summary>The tokens that hold: those that are configured, and those of the store. Thread-safe.</summary>
/// <param name="given">Those that are configured.</param>
/// <param name="store">Has the others.</param>
/// <param name="clock">Processing time.</param>
/// <param name="log">Is told if the store fails.</param>
internal sealed class Tokens(IEnumerable<TokenGrant> given, TokenStore store, TimeProvider clock, ILogger<Tokens> log) : IAsyncDisposable
{
    /// <summary>How often the use of a token is noted.</summary>
    private static readonly TimeSpan UseInterval = TimeSpan.FromMinutes(1);

    private readonly TokenGrant[] configured = [.. given];
    private readonly StoredTokens stored = new(store, clock, log);
    private readonly Lock gate = new();
    private readonly Dictionary<string, DateTimeOffset> used = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource end = new();

    /// <summary>Whether the tokens of the store are known at all.</summary>
    public bool AreRead => stored.AreRead;

    /// <summary>What a token gives. Null: nothing.</summary>
    /// <param name="token">A well-formed one.</param>
    /// <param name="cancel">Ends the wait for the store.</param>
    public ValueTask<TokenGrant?> FindAsync(string token, CancellationToken cancel) => FindAsync(ApiToken.HashOf(token), cancel);

    /// <inheritdoc cref="FindAsync(string, CancellationToken)"/>
    /// <param name="hash">The SHA-256 of a token.</param>
    /// <param name="cancel">Ends the wait for the store.</param>
    public async ValueTask<TokenGrant?> FindAsync(byte[] hash, CancellationToken cancel)
    {
        var grant = Find(configured, hash);
        if (grant is null)
        {
            var since = stored.Begun;
            await stored.RefreshAsync(cancel);
            grant = Find(stored.All, hash);
            if (grant is null)
            {
                await stored.ReadBehindAsync(since, cancel);
                grant = Find(stored.All, hash);
            }
        }

        if (grant is not null)
            NoteUse(grant);
        return grant;
    }

    /// <summary>Whether a token that was found still holds. For answers that take long.</summary>
    public async ValueTask<bool> HoldsAsync(TokenGrant grant, CancellationToken cancel)
    {
        if (Array.Exists(configured, one => one == grant))
            return grant.HoldsAt(clock.GetUtcNow());
        await stored.RefreshAsync(cancel);
        return Find(stored.All, grant.Sha256) is not null;
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await stored.DisposeAsync();
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
