using Microsoft.Data.Sqlite;
using Rx.Alerting.Connectors.Sqlite;
using Rx.Alerting.Connectors.Tests.Files;
using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Connectors.Tests.Contracts;

/// <summary>What the disk does to a checkpoint file, and what is said about it.</summary>
public sealed class SqliteDamageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string FilePath => Path.Combine(folder.Path, "checkpoints.db");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Read_OverwrittenPages_IsDamaged()
    {
        await Fill();
        using (var file = File.OpenWrite(FilePath))
        {
            var garbage = new byte[file.Length - 4096];
            Array.Fill(garbage, (byte)0xA5);
            file.Position = 4096;
            file.Write(garbage);
        }

        await IsDamaged();
    }

    [Fact]
    public async Task Read_FileCutOff_IsDamaged()
    {
        await Fill();
        using (var file = File.OpenWrite(FilePath))
            file.SetLength(4096 * 3);
        await IsDamaged();
    }

    [Fact]
    public async Task Read_TableThatIsGone_IsDamaged()
    {
        await Fill();
        using (var connection = new SqliteConnection($"Data Source={FilePath};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "DROP TABLE entries";
            command.ExecuteNonQuery();
        }

        await IsDamaged();
    }

    /// <summary>SQLite calls a full disk full, but a quota that is used up, or a file that may not grow, an I/O error.</summary>
    [Theory]
    [InlineData(122, CheckpointStoreProblem.Full, "raise the quota")]
    [InlineData(27, CheckpointStoreProblem.Full, "raise the quota")]
    [InlineData(28, CheckpointStoreProblem.Full, "free space")]
    [InlineData(5, CheckpointStoreProblem.Unavailable, "the log of the system")]
    public void Of_IoError_SaysWhetherThereIsRoom(int systemError, CheckpointStoreProblem expected, string advice)
    {
        var problem = SqliteProblem.Of(new SqliteException("disk I/O error", 10), "some.db", systemError);
        Assert.Equal(expected, problem.Problem);
        Assert.Contains(advice, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, CheckpointStoreProblem.Unavailable, "Sqlite:LockWait")]
    [InlineData(8, CheckpointStoreProblem.ReadOnly, "mounted")]
    [InlineData(10, CheckpointStoreProblem.Unavailable, "look at its disk")]
    [InlineData(11, CheckpointStoreProblem.Damaged, "restore a copy")]
    [InlineData(13, CheckpointStoreProblem.Full, "free space")]
    [InlineData(14, CheckpointStoreProblem.Refused, "may read and write")]
    [InlineData(26, CheckpointStoreProblem.Refused, "another path")]
    public void Of_ResultCode_SaysWhatToDo(int code, CheckpointStoreProblem expected, string advice)
    {
        var problem = SqliteProblem.Of(new SqliteException("what SQLite says", code), "some.db");
        Assert.Equal(expected, problem.Problem);
        Assert.Contains("some.db", problem.Message, StringComparison.Ordinal);
        Assert.Contains(advice, problem.Message, StringComparison.Ordinal);
        Assert.Contains("what SQLite says", problem.Message, StringComparison.Ordinal);
    }

    private async Task Fill()
    {
        await using var store = new SqliteCheckpointStore(new() { Path = FilePath });
        await store.AcquireAsync("views", "a", Cancel);
        await store.CommitAsync(
            States.Commit(1, "a", 1, [.. Enumerable.Range(0, 5000).Select(index => States.Entry((ulong)index))]), Cancel);
    }

    private async Task IsDamaged()
    {
        await using var store = new SqliteCheckpointStore(new() { Path = FilePath });
        var problem = await Assert.ThrowsAsync<CheckpointStoreException>(() => States.Chunks(store, "views"));
        Assert.Equal(CheckpointStoreProblem.Damaged, problem.Problem);
        Assert.Contains("is damaged; restore a copy", problem.Message, StringComparison.Ordinal);
    }
}
