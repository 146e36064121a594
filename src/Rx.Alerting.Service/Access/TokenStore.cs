using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Effects;

namespace Rx.Alerting.Service.Access;

/// <summary>
/// The tokens in the service's store. They are a board of their own: each token is an entry, so that no write undoes another.
/// </summary>
/// <remarks>
/// A token is revoked by removing its entry. When tokens were used last is in another part, so a process that notes a use cannot bring back
/// a token that was revoked meanwhile. All methods throw <see cref="CheckpointStoreException"/> if the store fails.
/// </remarks>
internal sealed class TokenStore(IBoard board) : IAsyncDisposable
{
    /// <summary>The parts of the board.</summary>
    private const string Grants = "tokens", Uses = "uses";

    /// <summary>Nobody owns a part, so there is one epoch.</summary>
    private const long Epoch = 1;

    private const int IdBytes = 5;

    /// <summary>Whether an entry of the board is a token.</summary>
    public static bool IsGrant(string part) => part == Grants;

    /// <summary>A name of a token that can be typed.</summary>
    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));

    public async Task AddAsync(TokenGrant grant, CancellationToken cancel)
    {
        await board.TakeAsync(Grants, Epoch, cancel);
        var entry = new BoardEntry(Grants, grant.Id, grant.CreatedAt ?? DateTimeOffset.UnixEpoch, TokenJson.Write(grant));
        Expect(await board.PostAsync(Grants, Epoch, [entry], [], cancel));
    }

    /// <summary>Tokens with the time of their last use, the latest that was made first.</summary>
    public async Task<IReadOnlyList<(TokenGrant Grant, DateTimeOffset? UsedAt)>> ListAsync(CancellationToken cancel)
    {
        var entries = (await board.ReadAsync(null, cancel)).Entries;
        var uses = entries.Where(entry => entry.Pipeline == Uses).ToDictionary(entry => entry.Id, entry => Time(entry.Value));
        return
        [
            .. entries.Where(entry => IsGrant(entry.Pipeline)).Select(entry => TokenJson.Read(entry.Value.Span)).OfType<TokenGrant>()
                .OrderByDescending(grant => grant.CreatedAt).Select(grant => (grant, uses.GetValueOrDefault(grant.Id))),
        ];
    }

    public async Task RemoveAsync(string id, CancellationToken cancel)
    {
        if (await board.PostAsync(Grants, Epoch, [], [id], cancel) is not 0 and var owner) // 0: there are no tokens.
            Expect(owner);
        await ForgetUsesAsync(cancel);
    }

    public Task<BoardReading> ReadAsync(string? after, CancellationToken cancel) => board.ReadAsync(after, cancel);

    public async Task NoteUseAsync(string id, DateTimeOffset at, CancellationToken cancel)
    {
        var entry = new BoardEntry(Uses, id, at, Encoding.UTF8.GetBytes(at.ToString("O", CultureInfo.InvariantCulture)));
        if (await board.PostAsync(Uses, Epoch, [entry], [], cancel) == Epoch)
            return;
        await board.TakeAsync(Uses, Epoch, cancel);
        await board.PostAsync(Uses, Epoch, [entry], [], cancel);
    }

    public ValueTask DisposeAsync() => board.DisposeAsync();

    /// <summary>Removes when tokens were used that are gone. A use may be noted after its token has been removed.</summary>
    private async Task ForgetUsesAsync(CancellationToken cancel)
    {
        var entries = (await board.ReadAsync(null, cancel)).Entries;
        var held = entries.Where(entry => IsGrant(entry.Pipeline)).Select(entry => entry.Id).ToHashSet(StringComparer.Ordinal);
        string[] gone = [.. entries.Where(entry => entry.Pipeline == Uses && !held.Contains(entry.Id)).Select(entry => entry.Id)];
        if (gone.Length > 0)
            await board.PostAsync(Uses, Epoch, [], gone, cancel);
    }

    /// <exception cref="CheckpointStoreException">Nothing was written: the part is not as this release has it.</exception>
    private static void Expect(long owner)
    {
        if (owner == 0)
            throw new CheckpointStoreException(CheckpointStoreProblem.Incomplete, "The store has lost its tokens meanwhile. Try again.");
        if (owner != Epoch)
        {
            throw new CheckpointStoreException(
                CheckpointStoreProblem.OtherFormat,
                string.Create(CultureInfo.InvariantCulture, $"The tokens in the store are those of another release (epoch {owner})."));
        }
    }

    private static DateTimeOffset? Time(ReadOnlyMemory<byte> value) =>
        DateTimeOffset.TryParse(
            Encoding.UTF8.GetString(value.Span), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) ? at : null;
}
