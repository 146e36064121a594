using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Stores;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Service.Tests.Access;

/// <summary>What tokens need of every store.</summary>
public abstract class TokenStoreContract
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 4, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider clock = new(Now);

    private protected abstract IBoard OpenBoard();

    private TokenStore Open() => new(OpenBoard());

    [Fact]
    public async Task Add_Token_IsListedWithoutTheTokenAndWithItsLastUse()
    {
        await using var store = Open();
        var token = ApiToken.Create();
        await store.AddAsync(Grant("a", token), Cancel);
        await store.AddAsync(Grant("b", ApiToken.Create(), Now.AddDays(1)), Cancel);
        await store.NoteUseAsync("a", Now.AddHours(1), Cancel);
        await store.NoteUseAsync("a", Now.AddHours(2), Cancel);

        await using var other = Open();
        var listed = (await other.ListAsync(Cancel)).ToDictionary(one => one.Grant.Id);

        Assert.Equal(["a", "b"], listed.Keys.Order());
        Assert.Equal(ApiToken.HashOf(token), listed["a"].Grant.Sha256);
        Assert.Equal(
            ("name-a", AccessRole.Operator, Now, Now.AddHours(2)),
            (listed["a"].Grant.Name, listed["a"].Grant.Role, listed["a"].Grant.CreatedAt, listed["a"].UsedAt));
        Assert.Equal(["p", "q"], listed["a"].Grant.Properties);
        Assert.Equal((Now.AddDays(1), null), (listed["b"].Grant.ExpiresAt, listed["b"].UsedAt));
    }

    [Fact]
    public async Task Remove_Token_IsNotBroughtBackByALateUse()
    {
        await using var store = Open();
        await store.AddAsync(Grant("a", ApiToken.Create()), Cancel);
        await store.AddAsync(Grant("b", ApiToken.Create()), Cancel);

        await store.RemoveAsync("a", Cancel);
        await store.NoteUseAsync("a", Now, Cancel);
        await store.RemoveAsync("unknown", Cancel);

        Assert.Equal(["b"], (await store.ListAsync(Cancel)).Select(one => one.Grant.Id));
    }

    [Fact]
    public async Task Find_TokenOfAnotherProcess_HoldsAtOnceAndIsRefusedSecondsAfterItIsRevoked()
    {
        await using var cli = Open();
        await using var tokens = Tokens();
        var token = ApiToken.Create();
        Assert.Null(await tokens.FindAsync(token, Cancel));
        await cli.AddAsync(Grant("a", token), Cancel);
        clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal("name-a", (await tokens.FindAsync(token, Cancel))?.Name);

        await cli.RemoveAsync("a", Cancel);
        clock.Advance(TimeSpan.FromSeconds(4));

        Assert.Null(await tokens.FindAsync(token, Cancel));
    }

    [Fact]
    public async Task Find_TokenThatWasJustMade_HoldsAtOnce()
    {
        await using var cli = Open();
        await using var tokens = Tokens();
        var token = ApiToken.Create();
        Assert.Null(await tokens.FindAsync(token, Cancel));
        await cli.AddAsync(Grant("a", token), Cancel);
        clock.Advance(StoredTokens.MissPause);

        Assert.Equal("name-a", (await tokens.FindAsync(token, Cancel))?.Name);
    }

    /// <summary>A late use leaves no time behind of a token that is gone.</summary>
    [Fact]
    public async Task Remove_Token_TakesTheTimesOfUseOfAllThatAreGone()
    {
        using var board = new SharedBoard(OpenBoard());
        var store = new TokenStore(board);
        await store.AddAsync(Grant("a", ApiToken.Create()), Cancel);
        await store.AddAsync(Grant("b", ApiToken.Create()), Cancel);
        await store.NoteUseAsync("b", Now, Cancel);
        await store.RemoveAsync("a", Cancel);
        await store.NoteUseAsync("a", Now, Cancel);

        await store.RemoveAsync("unknown", Cancel);

        var left = (await board.ReadAsync(null, Cancel)).Entries;
        Assert.Equal(["b", "b"], left.Select(entry => entry.Id));
    }

    [Fact]
    public async Task AddAndRemove_PartOfAnotherRelease_FailInsteadOfDoingNothing()
    {
        using var board = new SharedBoard(OpenBoard());
        var store = new TokenStore(board);
        await store.AddAsync(Grant("a", ApiToken.Create()), Cancel);
        board.AfterTake = () => board.TakeAsync("tokens", 2, Cancel);
        await Assert.ThrowsAsync<CheckpointStoreException>(() => store.AddAsync(Grant("b", ApiToken.Create()), Cancel));
        board.AfterTake = null;
        await board.TakeAsync("tokens", 2, Cancel);

        var problem = await Assert.ThrowsAsync<CheckpointStoreException>(() => store.RemoveAsync("a", Cancel));

        Assert.Contains("epoch 2", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_TokenThatExpires_HoldsUntilThen()
    {
        await using var store = Open();
        await using var tokens = Tokens();
        var token = ApiToken.Create();
        await store.AddAsync(Grant("a", token, Now.AddMinutes(1)), Cancel);
        var grant = await tokens.FindAsync(token, Cancel);

        Assert.NotNull(grant);
        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Null(await tokens.FindAsync(token, Cancel));
        Assert.False(await tokens.HoldsAsync(grant, Cancel));
    }

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Tokens Tokens() => new([], Open(), clock, new FakeLogger<Tokens>());

    private static TokenGrant Grant(string id, string token, DateTimeOffset? expires = null) =>
        new(id, $"name-{id}", ApiToken.HashOf(token), AccessRole.Operator, ["p", "q"], Now, expires);
}

public sealed class SqliteTokenStoreTests : TokenStoreContract, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private protected override IBoard OpenBoard() =>
        Boards.Open(new Settings { Sqlite = new() { Path = folder["state.db"] } }, BoardKind.Tokens);
}

public sealed class RedisTokenStoreTests : TokenStoreContract, IDisposable
{
    private readonly RedisServer server = RedisServers.Start();

    public void Dispose() => server.Dispose();

    private protected override IBoard OpenBoard() => Boards.Open(
        new Settings { Store = new() { Kind = StoreKind.Redis }, Redis = new() { Configuration = server.Endpoint } }, BoardKind.Tokens);
}
