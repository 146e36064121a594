using Rx.Alerting.Connectors.Redis;
using Rx.Alerting.Connectors.Tests.Contracts;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Testing.Servers;
using static Rx.Alerting.Connectors.Tests.Contracts.BoardView;

namespace Rx.Alerting.Connectors.Tests.Redis;

/// <summary>The board while its server is away, has forgotten something, or refuses the user.</summary>
public sealed class RedisBoardOutageTests : IDisposable
{
    private const string Views = "views";

    private readonly RedisServer server = RedisFixture.Needed(RedisServer.TryStart());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnyCall_ServerKilled_IsUnavailableAndGoesOnAfterwards()
    {
        await using var board = Board();
        var view = new BoardView(board);
        await board.ReplaceAsync(Views, 1, [Entry(Views, "a", "1")], Cancel);
        await view.ReadAsync();
        server.Kill();

        await FailsAsync(() => board.ReplaceAsync(Views, 1, [], Cancel));
        await FailsAsync(() => board.PostAsync(Views, 1, [Entry(Views, "a", "2", 1)], [], Cancel));
        await FailsAsync(() => view.ReadAsync());

        server.Start();
        await RedisCommits.UntilAnsweredAsync(() => board.PostAsync(Views, 1, [Entry(Views, "a", "3", 2)], [], Cancel));
        Assert.Equal(["views a 3"], await view.ChangesAsync());
    }

    [Fact]
    public async Task Read_ServerRestartedEmpty_ReadsEverything()
    {
        await using var board = Board();
        var view = new BoardView(board);
        await board.ReplaceAsync(Views, 1, [Entry(Views, "a", "1")], Cancel);
        await view.ReadAsync();
        server.Kill();
        server.Empty();
        server.Start();

        Assert.True((await RedisCommits.UntilAnsweredAsync(view.ReadAsync)).IsWhole);
        Assert.Empty(view.Incidents);
        Assert.Equal(0, await board.PostAsync(Views, 1, [Entry(Views, "a", "1")], [], Cancel));
    }

    [Fact]
    public async Task Read_ServerHasGoneBack_ReadsEverything()
    {
        await using var board = Board();
        var view = new BoardView(board);
        await board.ReplaceAsync(Views, 1, [Entry(Views, "a", "1")], Cancel);
        await board.PostAsync(Views, 1, [Entry(Views, "a", "2", 1)], [], Cancel);
        await view.ReadAsync();
        Assert.Equal(["views a 2"], view.Lines);
        server.Kill();
        server.CutLog(10);
        server.Start();

        await RedisCommits.UntilAnsweredAsync(() => board.PostAsync(Views, 1, [Entry(Views, "b", "1")], [], Cancel));
        Assert.True((await view.ReadAsync()).IsWhole);
        Assert.Equal(["views a 1", "views b 1"], view.Lines);
    }

    [Theory]
    [InlineData("-xadd")]
    [InlineData("-xrange")]
    [InlineData("-xrevrange")]
    [InlineData("-hmget")]
    [InlineData("-hexists")]
    public async Task AnyCall_RightTakenAway_IsRefusedWithTheRule(string forbidden)
    {
        await using var board = Board();
        await server.AdministerAsync($"ACL SETUSER default {forbidden}");

        var problem = await Assert.ThrowsAsync<CheckpointStoreException>(async () =>
        {
            await board.ReplaceAsync(Views, 1, [], Cancel);
            await board.PostAsync(Views, 1, [Entry(Views, "a", "1")], [], Cancel);
            var reading = await board.ReadAsync(null, Cancel);
            await board.PostAsync(Views, 1, [Entry(Views, "a", "2", 1)], [], Cancel);
            await board.ReadAsync(reading.Position, Cancel);
        });

        Assert.Equal(CheckpointStoreProblem.Refused, problem.Problem);
        Assert.Contains("ACL SETUSER default ~rx-alerting:* ~{rx-alerting:* +watch", problem.Message, StringComparison.Ordinal);
        Assert.Contains("+" + forbidden[1..] + " ", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AllCalls_UserHasExactlyTheRule_Work()
    {
        await server.AdministerAsync($"ACL SETUSER alerting on >secret {RedisPermissions.Rule("rx-alerting")}");
        await using var board = new RedisBoard(
            new() { Configuration = server.Endpoint + ",user=alerting,password=secret" }, BoardKind.Incidents);
        var view = new BoardView(board);
        await board.ReplaceAsync(Views, 1, [Entry(Views, "a", "1"), Entry(Views, "b", "1")], Cancel);
        await board.ReplaceAsync(Views, 2, [Entry(Views, "a", "1")], Cancel);
        await view.ReadAsync();
        await board.PostAsync(Views, 2, [Entry(Views, "c", "1")], ["a"], Cancel);
        Assert.Equal(["views a gone", "views c 1"], await view.ChangesAsync());
    }

    public void Dispose() => server.Dispose();

    private RedisBoard Board() => new(new() { Configuration = server.Endpoint, Timeout = TimeSpan.FromSeconds(1) }, BoardKind.Incidents);

    private static async Task FailsAsync(Func<Task> call)
    {
        var problem = await Assert.ThrowsAsync<CheckpointStoreException>(call);
        Assert.Equal(CheckpointStoreProblem.Unavailable, problem.Problem);
        Assert.Contains("did not answer within 1 s, or the connection broke", problem.Message, StringComparison.Ordinal);
    }
}
