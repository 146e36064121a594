using Rx.Alerting.Connectors.Redis;
using Rx.Alerting.Connectors.Tests.Contracts;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Effects;
using StackExchange.Redis;
using static Rx.Alerting.Connectors.Tests.Contracts.BoardView;

namespace Rx.Alerting.Connectors.Tests.Redis;

public sealed class RedisBoardTests : BoardLoadContract, IAsyncDisposable
{
    private readonly RedisOptions options;
    private readonly RedisBoard board, other;

    public RedisBoardTests(RedisFixture fixture)
    {
        options = fixture.Options;
        (board, other) = (new(options, BoardKind.Incidents), new(options, BoardKind.Incidents));
    }

    protected override IBoard Board => board;

    protected override IBoard Other => other;

    /// <summary>A stream that was evicted or deleted is not empty for ever, and until then is read as a whole only once.</summary>
    [Fact]
    public async Task Read_ChangesLost_ReadsEverythingOnce()
    {
        var view = await BeginAsync(Entry(Views, "a", "1"));
        await DeleteAsync("changes");

        Assert.True((await view.ReadAsync()).IsWhole);
        Assert.Equal(["views a 1"], view.Lines);
        Assert.Empty(await view.ChangesAsync());
        await board.PostAsync(Views, 1, [Entry(Views, "a", "2", 1)], [], Cancel);
        await view.ReadAsync();
        Assert.Equal(["views a 2"], view.Lines);
        Assert.Empty(await view.ChangesAsync());
    }

    [Fact]
    public async Task Post_ToTheOtherBoardOfTheServer_ChangesNothingHere()
    {
        var view = await BeginAsync(Entry(Views, "a", "1"));
        await using var notifications = new RedisBoard(options, BoardKind.Notifications);

        await notifications.ReplaceAsync(Views, 7, [Entry(Views, "b", "2")], Cancel);

        Assert.Empty(await view.ChangesAsync());
        Assert.Equal(["b"], (await notifications.ReadAsync(null, Cancel)).Entries.Select(entry => entry.Id));
    }

    [Fact]
    public async Task Post_PartsLost_Answers0()
    {
        await BeginAsync(Entry(Views, "a", "1"));
        await DeleteAsync("parts");
        Assert.Equal(0, await board.PostAsync(Views, 1, [Entry(Views, "a", "2", 1)], [], Cancel));
        await board.ReplaceAsync(Views, 1, [Entry(Views, "a", "1")], Cancel);
        Assert.Equal(1, await board.PostAsync(Views, 1, [], [], Cancel));
    }

    [Fact]
    public async Task Read_FieldThatIsNoIncident_SaysWhatToDo()
    {
        await BeginAsync(Entry(Views, "a", "1"));
        var key = $"{options.KeyPrefix}:{{board}}:part:{Views}";
        using (var direct = await ConnectionMultiplexer.ConnectAsync(options.Configuration))
            await direct.GetDatabase().HashSetAsync(key, "a", "no time");

        var problem = await Assert.ThrowsAsync<CheckpointStoreException>(() => board.ReadAsync(null, Cancel));
        Assert.Equal(CheckpointStoreProblem.Damaged, problem.Problem);
        Assert.Contains($"{key} has fields that are no incidents of “views”", problem.Message, StringComparison.Ordinal);
        await board.PostAsync(Views, 1, [Entry(Views, "a", "2")], [], Cancel);
        Assert.Single((await board.ReadAsync(null, Cancel)).Entries);
    }

    [Fact]
    public async Task Changes_ManyPosts_AreTrimmed()
    {
        await BeginAsync();
        for (var round = 1; round <= 13; round++)
        {
            var entries = Enumerable.Range(0, 1_000).Select(i => Entry(Views, $"{i}", $"{round}", round));
            await board.PostAsync(Views, 1, [.. entries], [], Cancel);
        }

        using var direct = await ConnectionMultiplexer.ConnectAsync(options.Configuration);
        Assert.InRange(await direct.GetDatabase().StreamLengthAsync($"{options.KeyPrefix}:{{board}}:changes"), 10_000, 10_500);
    }

    protected override Task LoseAsync() => DeleteAsync("parts", "changes", $"part:{Views}");

    protected override Task LoseAsync(string pipeline) => DeleteAsync($"part:{pipeline}");

    public async ValueTask DisposeAsync()
    {
        await board.DisposeAsync();
        await other.DisposeAsync();
    }

    private async Task DeleteAsync(params string[] keys)
    {
        using var direct = await ConnectionMultiplexer.ConnectAsync(options.Configuration);
        await direct.GetDatabase().KeyDeleteAsync([.. keys.Select(key => (RedisKey)$"{options.KeyPrefix}:{{board}}:{key}")]);
    }
}
