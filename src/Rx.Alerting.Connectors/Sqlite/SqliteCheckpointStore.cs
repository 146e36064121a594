using Microsoft.Data.Sqlite;
using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Connectors.Sqlite;

/// <summary>Keeps checkpoints in a SQLite file, by one connection (<see cref="SqliteSession{TTables}"/>).</summary>
/// <remarks>
/// <list type="bullet">
/// <item>A commit is one transaction. It takes the right to write before it looks at the head, so no other process comes between check and
/// write.</item>
/// <item>The file has a write-ahead log: a commit appends, and readers in other processes do not wait.</item>
/// <item><c>synchronous = FULL</c> waits for the disk with every commit. <c>NORMAL</c>, the usual choice with such a log, would keep the
/// file whole, but lose the latest commits with the power. By then their positions may have been committed to the broker, and their
/// incidents sent.</item>
/// </list>
/// </remarks>
public sealed class SqliteCheckpointStore : ICheckpointStore
{
    private readonly SqliteOptions options;
    private readonly SqliteSession<SqliteTables> session;

    /// <exception cref="ArgumentException">Options are out of bounds. The message names all of them.</exception>
    public SqliteCheckpointStore(SqliteOptions options)
    {
        this.options = options;
        session = new(options, connection => new SqliteTables(connection));
    }

    public Task<CheckpointHead> AcquireAsync(string pipeline, string owner, CancellationToken cancel) => WriteAsync((file, transaction) =>
    {
        var head = file.Find(transaction, pipeline) ?? new(0, string.Empty, 0, null);
        if (head.Owner == owner)
            return head;
        head = head with { Epoch = head.Epoch + 1, Owner = owner };
        file.SetHead(transaction, pipeline, head);
        return head;
    }, cancel);

    public Task<CheckpointHead?> FindAsync(string pipeline, CancellationToken cancel) =>
        session.RunAsync(file => file.Find(null, pipeline), cancel);

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancel) => session.RunAsync(file => file.List(), cancel);

    public IAsyncEnumerable<IReadOnlyList<StateEntry>> ReadAsync(string pipeline, string section, CancellationToken cancel) =>
        SqliteSnapshot.ChunksAsync(after => session.RunAsync(file => file.Read(null, pipeline, section, after), cancel));

    /// <summary>
    /// Reads by a connection of its own, in one transaction. Later commits do not disturb it, because the write-ahead log keeps the pages
    /// of its beginning.
    /// </summary>
    public Task<CheckpointSnapshot?> SnapshotAsync(string pipeline, CancellationToken cancel) => Task.Run(() =>
    {
        var snapshot = new SqliteSnapshot(options, mayMake: !session.WasOpen, pipeline);
        if (snapshot.Head is { } head)
            return new CheckpointSnapshot(head, snapshot.ReadAsync(cancel), snapshot.Dispose);
        snapshot.Dispose();
        return null;
    }, cancel);

    public Task CommitAsync(CheckpointCommit commit, CancellationToken cancel) => WriteAsync((file, transaction) =>
    {
        var head = file.Find(transaction, commit.Pipeline) ?? CheckpointHead.None;
        if (head.HasAlready(commit))
            return head;

        if (commit.ReplacesAll)
            file.Clear(transaction, commit.Pipeline);
        file.Change(transaction, commit.Pipeline, commit.Changes);
        head = head with { Id = commit.Id, CommittedAt = commit.CommittedAt };
        file.SetHead(transaction, commit.Pipeline, head);
        return head;
    }, cancel);

    public Task ResetAsync(string pipeline, CancellationToken cancel) => WriteAsync((file, transaction) =>
    {
        if (file.Find(transaction, pipeline) is not { } head)
            return false;
        file.Clear(transaction, pipeline);
        file.SetHead(transaction, pipeline, new(head.Epoch + 1, string.Empty, 0, null));
        return true;
    }, cancel);

    public ValueTask DisposeAsync() => session.DisposeAsync();

    private Task<T> WriteAsync<T>(Func<SqliteTables, SqliteTransaction, T> work, CancellationToken cancel) => session.RunInPlaceAsync(
        file =>
        {
            using var transaction = file.Begin();
            var result = work(file, transaction);
            transaction.Commit();
            return result;
        },
        cancel);
}
