using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Testing.Effects;

namespace Rx.Alerting.Service.Tests.Access;

/// <summary>While the store does not answer.</summary>
public sealed class TokensTests
{
    [Fact]
    public async Task Find_StoreDoesNotAnswer_KeepsWhatItKnowsAndSaysSoOnce()
    {
        var (clock, log, token) = (new FakeTimeProvider(), new FakeLogger<Tokens>(), ApiToken.Create());
        using var board = new SharedBoard(new InMemoryBoard());
        var cancel = TestContext.Current.CancellationToken;
        await using var tokens = new Tokens([], new TokenStore(board), clock, log);
        await new TokenStore(board).AddAsync(
            new("a", "ann", ApiToken.HashOf(token), AccessRole.Reader, [], clock.GetUtcNow(), null), cancel);
        Assert.NotNull(await tokens.FindAsync(token, cancel));

        board.IsAway = true;
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.NotNull(await tokens.FindAsync(token, cancel));
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.NotNull(await tokens.FindAsync(token, cancel));

        Assert.Equal([1084], log.Collector.GetSnapshot().Select(record => record.Id.Id));
    }

    [Fact]
    public async Task Find_StoreHasNeverAnswered_KnowsNothingButWhatIsConfigured()
    {
        using var folder = new TemporaryFolder();
        using var board = new SharedBoard(new InMemoryBoard());
        board.IsAway = true;
        var cancel = TestContext.Current.CancellationToken;
        await using var tokens = new Tokens(
            TokenGrant.Of(AccessSettings.WithTokens(folder)), new TokenStore(board), new FakeTimeProvider(), new FakeLogger<Tokens>());

        Assert.Null(await tokens.FindAsync(ApiToken.Create(), cancel));
        Assert.False(tokens.AreRead);
        Assert.Equal("scoped", (await tokens.FindAsync(AccessSettings.Scoped, cancel))?.Name);
    }

    /// <summary>Whoever tries tokens out asks the service, not its store.</summary>
    [Fact]
    public async Task Find_ManyUnknownTokens_ShareReadingsOfTheStore()
    {
        var (clock, cancel) = (new FakeTimeProvider(), TestContext.Current.CancellationToken);
        using var board = new SharedBoard(new InMemoryBoard());
        await using var tokens = new Tokens([], new TokenStore(board), clock, new FakeLogger<Tokens>());
        Assert.Null(await tokens.FindAsync(ApiToken.Create(), cancel));
        Assert.Equal(1, board.Readings);

        var misses = Enumerable.Range(0, 500).Select(_ => tokens.FindAsync(ApiToken.Create(), cancel).AsTask()).ToArray();
        Assert.DoesNotContain(misses, miss => miss.IsCompleted);
        clock.Advance(StoredTokens.MissPause);

        Assert.All(await Task.WhenAll(misses), Assert.Null);
        Assert.InRange(board.Readings, 2, 3);
    }
}
