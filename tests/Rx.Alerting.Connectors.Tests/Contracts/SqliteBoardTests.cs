using Microsoft.Data.Sqlite;
using Rx.Alerting.Connectors.Sqlite;
using Rx.Alerting.Connectors.Tests.Files;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Effects;
using static Rx.Alerting.Connectors.Tests.Contracts.BoardView;

namespace Rx.Alerting.Connectors.Tests.Contracts;

public sealed class SqliteBoardTests : BoardLoadContract, IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SqliteBoard board, other;

    public SqliteBoardTests() => (board, other) = (New(), New());

    protected override IBoard Board => board;

    protected override IBoard Other => other;

    private string Disk => Path.Combine(folder.Path, "disk");

    private string FilePath => Path.Combine(Disk, "checkpoints.db");

    [Fact]
    public async Task AnyCall_FileGoneWhileOpen_IsUnavailableUntilItIsBack()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps open files where they are.");
        var view = await BeginAsync(Entry(Views, "a", "1"));
        Directory.Move(Disk, Disk + ".unmounted");

        await FailsAsync(() => view.ReadAsync(), "was moved, deleted or replaced while it was open; put it back");
        await FailsAsync(() => board.PostAsync(Views, 1, [Entry(Views, "a", "2", 1)], [], Cancel), "was moved, deleted or replaced");
        await FailsAsync(() => view.ReadAsync(), "is gone; put it back, and see that its disk is mounted");
        await FailsAsync(() => board.ReplaceAsync(Views, 1, [], Cancel), "is gone");
        Assert.False(Directory.Exists(Disk));

        Directory.Move(Disk + ".unmounted", Disk);
        await board.PostAsync(Views, 1, [Entry(Views, "a", "3", 2)], [], Cancel);
        Assert.Equal(["views a 3"], await view.ChangesAsync());
    }

    [Fact]
    public async Task Read_FileReplaced_ReadsEverything()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps open files where they are.");
        var view = await BeginAsync(Entry(Views, "a", "of this file"));
        Directory.Move(Disk, Disk + ".moved");
        await using (var another = New())
            await another.ReplaceAsync(Views, 1, [Entry(Views, "b", "of that file")], Cancel);

        await FailsAsync(() => view.ReadAsync(), "was moved, deleted or replaced");
        Assert.True((await view.ReadAsync()).IsWhole);
        Assert.Equal(["views b of that file"], view.Lines);
    }

    [Fact]
    public async Task Post_FileLocked_IsUnavailableAfterLockWaitAndWorksAfterwards()
    {
        var view = await BeginAsync(Entry(Views, "a", "1"));
        using (var connection = Connect())
        using (connection.BeginTransaction(deferred: false))
        {
            await FailsAsync(() => board.PostAsync(Views, 1, [Entry(Views, "a", "2", 1)], [], Cancel), "is locked by another process");
            Assert.Empty(await view.ChangesAsync());
        }

        await board.PostAsync(Views, 1, [Entry(Views, "a", "2", 1)], [], Cancel);
        Assert.Equal(["views a 2"], await view.ChangesAsync());
    }

    [Fact]
    public async Task Post_BesideCommits_BothAreThere()
    {
        await BeginAsync();
        await using var store = new SqliteCheckpointStore(new() { Path = FilePath });
        await store.AcquireAsync("views", "a", Cancel);
        var commits = Task.Run(
            async () =>
            {
                for (var id = 1; id <= 50; id++)
                    await store.CommitAsync(States.Commit(1, "a", id, States.Entry((ulong)id)), Cancel);
            },
            Cancel);
        for (var second = 1; second <= 50; second++)
            Assert.Equal(1, await board.PostAsync(Views, 1, [Entry(Views, $"{second}", "1", second)], [], Cancel));
        await commits;

        Assert.Equal(50, (await other.ReadAsync(null, Cancel)).Entries.Count);
        Assert.Equal(50, (await States.Read(store, "views")).Count());
    }

    [Fact]
    public async Task Open_FileOfAnEarlierRelease_GetsTheTablesAndKeepsItsVersion()
    {
        await using (var store = new SqliteCheckpointStore(new() { Path = FilePath }))
            await store.AcquireAsync("views", "a", Cancel);
        Assert.DoesNotContain("board", Tables(), StringComparison.Ordinal);

        await BeginAsync(Entry(Views, "a", "1"));

        Assert.Contains("board_changes", Tables(), StringComparison.Ordinal);
        Assert.Equal("1", Ask("PRAGMA user_version"));
        await using var again = new SqliteCheckpointStore(new() { Path = FilePath });
        Assert.Equal(1, (await again.FindAsync("views", Cancel))!.Epoch);

        string Tables() => Ask("SELECT group_concat(name) FROM sqlite_schema");
    }

    [Fact]
    public async Task Post_ToTheOtherBoardOfTheFile_ChangesNothingHere()
    {
        var view = await BeginAsync(Entry(Views, "a", "1"));
        await using var notifications = new SqliteBoard(new() { Path = FilePath }, BoardKind.Notifications);

        await notifications.ReplaceAsync(Views, 7, [Entry(Views, "b", "2")], Cancel);

        Assert.Empty(await view.ChangesAsync());
        Assert.Equal(["b"], (await notifications.ReadAsync(null, Cancel)).Entries.Select(entry => entry.Id));
    }

    [Fact]
    public void New_OptionsOutOfBounds_NamesAll()
    {
        var problem = Assert.Throws<ArgumentException>(() =>
            new SqliteBoard(new() { Path = " ", LockWait = TimeSpan.Zero }, BoardKind.Incidents));
        Assert.Contains("Sqlite:Path is empty", problem.Message, StringComparison.Ordinal);
        Assert.Contains("Sqlite:LockWait is 0s", problem.Message, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await board.DisposeAsync();
        await other.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => board.ReadAsync(null, CancellationToken.None));
        folder.Dispose();
    }

    protected override Task LoseAsync()
    {
        Ask("DELETE FROM board; DELETE FROM board_parts; DELETE FROM board_changes");
        return Task.CompletedTask;
    }

    protected override Task LoseAsync(string pipeline)
    {
        Ask($"DELETE FROM board WHERE pipeline = '{pipeline}'; DELETE FROM board_parts WHERE pipeline = '{pipeline}'");
        return Task.CompletedTask;
    }

    private static async Task FailsAsync(Func<Task> call, string advice)
    {
        var problem = await Assert.ThrowsAsync<CheckpointStoreException>(call);
        Assert.Equal(CheckpointStoreProblem.Unavailable, problem.Problem);
        Assert.Contains("checkpoints.db", problem.Message, StringComparison.Ordinal);
        Assert.Contains(advice, problem.Message, StringComparison.Ordinal);
    }

    private SqliteBoard New() => new(new() { Path = FilePath, LockWait = TimeSpan.FromSeconds(2) }, BoardKind.Incidents);

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={FilePath};Pooling=False");
        connection.Open();
        return connection;
    }

    private string Ask(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return $"{command.ExecuteScalar()}";
    }
}
