using Microsoft.Data.Sqlite;
using Rx.Alerting.Connectors.Sqlite;
using Rx.Alerting.Connectors.Tests.Files;
using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Connectors.Tests.Contracts;

/// <summary>A checkpoint file that is away, or somebody else's, for a while.</summary>
public sealed class SqliteOutageTests : IAsyncDisposable
{
    private const string Pipeline = "views";

    private readonly TemporaryFolder folder = new();
    private readonly SqliteCheckpointStore store;

    public SqliteOutageTests() => store = Store();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Disk => Path.Combine(folder.Path, "disk");

    private string FilePath => Path.Combine(Disk, "checkpoints.db");

    [Fact]
    public async Task Commit_DiskGoneAfterAFailure_IsUnavailableUntilItIsBack()
    {
        await BeginAsync();
        using (Lock())
            await FailsAsync("is locked by another process");
        Directory.Move(Disk, Disk + ".unmounted");

        await FailsAsync("is gone; put it back, and see that its disk is mounted");
        var snapshot = await Assert.ThrowsAsync<CheckpointStoreException>(() => store.SnapshotAsync(Pipeline, Cancel));
        Assert.Equal(CheckpointStoreProblem.Unavailable, snapshot.Problem);
        Assert.False(Directory.Exists(Disk));

        Directory.Move(Disk + ".unmounted", Disk);
        await store.CommitAsync(States.Commit(1, "a", 2), Cancel);
    }

    [Fact]
    public async Task Commit_EmptyFileInItsPlaceAfterAFailure_IsUnavailableAndLeftAlone()
    {
        await BeginAsync();
        using (Lock())
            await FailsAsync("is locked by another process");
        Directory.Move(Disk, Disk + ".unmounted");
        Directory.CreateDirectory(Disk);
        await File.WriteAllBytesAsync(FilePath, [], Cancel);

        await FailsAsync("is empty, though it was not");
        Assert.Equal(0, new FileInfo(FilePath).Length);
    }

    [Fact]
    public async Task Commit_FilesMovedWhileOpen_IsUnavailableUntilTheyAreBack()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps open files where they are.");
        await BeginAsync();
        Directory.Move(Disk, Disk + ".moved");

        await FailsAsync("was moved, deleted or replaced while it was open");
        await FailsAsync("is gone");

        Directory.Move(Disk + ".moved", Disk);
        await store.CommitAsync(States.Commit(1, "a", 2), Cancel);
        Assert.Equal(2, (await store.FindAsync(Pipeline, Cancel))!.Id);
    }

    [Fact]
    public async Task Commit_FileReplacedWhileOpen_IsNotConfirmed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps open files where they are.");
        await BeginAsync();
        Directory.Move(Disk, Disk + ".moved");
        await using (var other = Store())
            await other.AcquireAsync(Pipeline, "b", Cancel);

        await FailsAsync("was moved, deleted or replaced while it was open");
        await Assert.ThrowsAsync<OwnershipLostException>(() => store.CommitAsync(States.Commit(1, "a", 2), Cancel));
    }

    [Fact]
    public async Task Commit_CancelledWhileTheFileIsLocked_EndsLongBeforeLockWait()
    {
        await BeginAsync();
        await using var patient = Store(minutes: 1);
        using (Lock())
        {
            using var stop = new CancellationTokenSource();
            var commit = patient.CommitAsync(States.Commit(1, "a", 2), stop.Token);
            await stop.CancelAsync();
            await Assert.ThrowsAsync<OperationCanceledException>(() => commit.WaitAsync(TimeSpan.FromSeconds(30), Cancel));
        }

        await patient.CommitAsync(States.Commit(1, "a", 2), Cancel);
    }

    [Fact]
    public async Task Commit_FileThatTakesNoWrites_IsReadOnlyUntilItDoes()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess || OperatingSystem.IsWindows(), "root may write everything");
        await BeginAsync();
        await store.DisposeAsync();
        await using var again = Store();
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(FilePath, UnixFileMode.UserRead);
        var problem = await Assert.ThrowsAsync<CheckpointStoreException>(() => again.CommitAsync(States.Commit(1, "a", 2), Cancel));
        Assert.Equal(CheckpointStoreProblem.ReadOnly, problem.Problem);
        Assert.Contains(FilePath, problem.Message, StringComparison.Ordinal);

        foreach (var file in Directory.GetFiles(Disk))
        {
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        await again.CommitAsync(States.Commit(1, "a", 2), Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        folder.Dispose();
    }

    private SqliteCheckpointStore Store(double minutes = 1.0 / 60) =>
        new(new() { Path = FilePath, LockWait = TimeSpan.FromMinutes(minutes) });

    private async Task BeginAsync()
    {
        await store.AcquireAsync(Pipeline, "a", Cancel);
        await store.CommitAsync(States.Commit(1, "a", 1, States.Entry(1)), Cancel);
    }

    private async Task FailsAsync(string advice)
    {
        var problem = await Assert.ThrowsAsync<CheckpointStoreException>(() => store.CommitAsync(States.Commit(1, "a", 2), Cancel));
        Assert.Equal(CheckpointStoreProblem.Unavailable, problem.Problem);
        Assert.Contains(FilePath, problem.Message, StringComparison.Ordinal);
        Assert.Contains(advice, problem.Message, StringComparison.Ordinal);
    }

    private SqliteConnection Lock()
    {
        var connection = new SqliteConnection($"Data Source={FilePath};Pooling=False");
        connection.Open();
        using var begin = connection.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        begin.ExecuteNonQuery();
        return connection;
    }
}
