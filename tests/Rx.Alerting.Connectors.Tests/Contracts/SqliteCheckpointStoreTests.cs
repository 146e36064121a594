using Microsoft.Data.Sqlite;
using Rx.Alerting.Connectors.Sqlite;
using Rx.Alerting.Connectors.Tests.Files;
using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Connectors.Tests.Contracts;

public sealed class SqliteCheckpointStoreTests : CheckpointEntriesContract, IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SqliteCheckpointStore store;

    public SqliteCheckpointStoreTests() => store = new(new() { Path = FilePath });

    protected override ICheckpointStore Store => store;

    protected override async Task<ICheckpointStore?> ReopenWithFormatAsync(int version)
    {
        await store.DisposeAsync();
        Execute(FilePath, $"PRAGMA user_version = {version}");
        return new SqliteCheckpointStore(new() { Path = FilePath });
    }

    private string FilePath => Path.Combine(folder.Path, "made", "checkpoints.db");

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Open_AfterDispose_HasWhatWasCommitted()
    {
        await store.AcquireAsync(Pipeline, "a", Cancel);
        await store.CommitAsync(States.Commit(1, "a", 1, States.Entry(1, 10)), Cancel);
        await store.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.FindAsync(Pipeline, Cancel));
        await using var again = new SqliteCheckpointStore(new() { Path = FilePath });
        Assert.Equal(new(1, "a", 1, States.Time), await again.FindAsync(Pipeline, Cancel));
        Assert.Equal([(1UL, 10)], await States.Read(again, Pipeline));
        await again.CommitAsync(States.Commit(1, "a", 2), Cancel);
    }

    [Fact]
    public async Task Commit_OfTwoStoresOnOneFile_FencesTheFirst()
    {
        await using var other = new SqliteCheckpointStore(new() { Path = FilePath });
        await Task.WhenAll(store.ListAsync(Cancel), other.ListAsync(Cancel));
        await store.AcquireAsync(Pipeline, "a", Cancel);
        await other.AcquireAsync(Pipeline, "b", Cancel);
        await Assert.ThrowsAsync<OwnershipLostException>(() => store.CommitAsync(States.Commit(1, "a", 1), Cancel));
        await other.CommitAsync(States.Commit(2, "b", 1), Cancel);
        Assert.Equal(1, (await store.FindAsync(Pipeline, Cancel))!.Id);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(100_000)]
    public async Task Open_NoDatabase_IsRefusedAndLeftAlone(int length)
    {
        var content = Enumerable.Repeat((byte)'x', length).ToArray();
        var path = folder.File("text", content);
        await Refused(path, CheckpointStoreProblem.Refused, "is not a SQLite database");
        Assert.Equal(content, await File.ReadAllBytesAsync(path, Cancel));
    }

    [Fact]
    public Task Open_Folder_IsRefused() => Refused(folder.Path, CheckpointStoreProblem.Refused, "not a folder");

    [Fact]
    public Task Open_FolderThatIsAFile_IsRefused() =>
        Refused(Path.Combine(folder.File("f", []), "x.db"), CheckpointStoreProblem.Refused, "cannot be opened");

    [Fact]
    public async Task Open_DatabaseOfAnotherProgram_IsRefused()
    {
        var path = Path.Combine(folder.Path, "other.db");
        Execute(path, "CREATE TABLE theirs (x)");
        await Refused(path, CheckpointStoreProblem.Refused, "is the database of another program");
    }

    [Fact]
    public async Task Open_WithoutPermission_IsRefused()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess || OperatingSystem.IsWindows(), "root may read everything");
        var path = folder.File("closed", []);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.None);
        await Refused(path, CheckpointStoreProblem.Refused, "cannot be opened");
    }

    [Fact]
    public async Task Commit_WhileTheFileIsLocked_IsUnavailableAndWorksAfterwards()
    {
        await using var hasty = new SqliteCheckpointStore(new() { Path = FilePath, LockWait = TimeSpan.FromSeconds(1) });
        await hasty.AcquireAsync(Pipeline, "a", Cancel);
        using (var connection = Connect(FilePath))
        using (connection.BeginTransaction(deferred: false))
        {
            var problem = await Assert.ThrowsAsync<CheckpointStoreException>(() => hasty.CommitAsync(States.Commit(1, "a", 1), Cancel));
            Assert.Equal(CheckpointStoreProblem.Unavailable, problem.Problem);
            Assert.Contains("locked by another process", problem.Message, StringComparison.Ordinal);
        }

        await hasty.CommitAsync(States.Commit(1, "a", 1), Cancel);
    }

    [Fact]
    public void New_OptionsOutOfBounds_NamesAll()
    {
        var problem = Assert.Throws<ArgumentException>(() => new SqliteCheckpointStore(new() { Path = " ", LockWait = TimeSpan.Zero }));
        Assert.Contains("Sqlite:Path is empty", problem.Message, StringComparison.Ordinal);
        Assert.Contains("Sqlite:LockWait is 0s, must be from 1s to 10m", problem.Message, StringComparison.Ordinal);
    }

    private static async Task Refused(string path, CheckpointStoreProblem expected, string advice)
    {
        await using var refusing = new SqliteCheckpointStore(new() { Path = path });
        var problem = await Assert.ThrowsAsync<CheckpointStoreException>(() => refusing.AcquireAsync(Pipeline, "a", Cancel));
        Assert.Equal(expected, problem.Problem);
        Assert.Contains(path, problem.Message, StringComparison.Ordinal);
        Assert.Contains(advice, problem.Message, StringComparison.Ordinal);
    }

    private static SqliteConnection Connect(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Execute(string path, string sql)
    {
        using var connection = Connect(path);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
