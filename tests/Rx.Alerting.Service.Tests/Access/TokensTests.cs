using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Effects;
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
        var board = new AbsentBoard();
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
        var board = new AbsentBoard();
        board.IsAway = true;
        var cancel = TestContext.Current.CancellationToken;
        await using var tokens = new Tokens(
            TokenGrant.Of(AccessSettings.WithTokens(folder)), new TokenStore(board), new FakeTimeProvider(), new FakeLogger<Tokens>());

        Assert.Null(await tokens.FindAsync(ApiToken.Create(), cancel));
        Assert.False(tokens.AreRead);
        Assert.Equal("scoped", (await tokens.FindAsync(AccessSettings.Scoped, cancel))?.Name);
    }

    private sealed class AbsentBoard : IBoard
    {
        private readonly InMemoryBoard board = new();

        public bool IsAway { get; set; }

        public Task ReplaceAsync(string pipeline, long epoch, IReadOnlyList<BoardEntry> entries, CancellationToken cancel) =>
            Ask(() => board.ReplaceAsync(pipeline, epoch, entries, cancel));

        public Task<IReadOnlyList<BoardEntry>> TakeAsync(string pipeline, long epoch, CancellationToken cancel) =>
            Ask(() => board.TakeAsync(pipeline, epoch, cancel));

        public Task<long> PostAsync(
            string pipeline, long epoch, IReadOnlyList<BoardEntry> entries, IReadOnlyList<string> gone, CancellationToken cancel) =>
            Ask(() => board.PostAsync(pipeline, epoch, entries, gone, cancel));

        public Task<BoardReading> ReadAsync(string? after, CancellationToken cancel) => Ask(() => board.ReadAsync(after, cancel));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private T Ask<T>(Func<T> ask)
            where T : Task => IsAway ? throw new CheckpointStoreException(CheckpointStoreProblem.Unavailable, "The store is away.") : ask();
    }
}
