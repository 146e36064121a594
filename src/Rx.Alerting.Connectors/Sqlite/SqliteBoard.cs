using Microsoft.Data.Sqlite;
using Rx.Alerting.Core.Effects;

namespace Rx.Alerting.Connectors.Sqlite;

/// <summary>Keeps a board in the file of the checkpoints, by a connection of its own. Every call is one transaction.</summary>
public sealed class SqliteBoard : IBoard
{
    private readonly SqliteSession<SqliteBoardTables> session;

    /// <param name="options">The file.</param>
    /// <param name="kind">Which board.</param>
    /// <param name="mayMake">Whether the first call makes a file that is not there.</param>
    /// <exception cref="ArgumentException">Options are out of bounds. The message names all of them.</exception>
    public SqliteBoard(SqliteOptions options, BoardKind kind, bool mayMake = true) =>
        session = new(options, connection => new SqliteBoardTables(connection, kind), mayMake);

    public Task ReplaceAsync(string pipeline, long epoch, IReadOnlyList<BoardEntry> entries, CancellationToken cancel) => WriteAsync(
        (board, transaction) =>
        {
            board.Take(transaction, pipeline, epoch);
            var others = board.Ids(transaction, pipeline).ToHashSet(StringComparer.Ordinal);
            foreach (var entry in entries)
            {
                cancel.ThrowIfCancellationRequested();
                board.Write(transaction, pipeline, entry, anyway: true);
                others.Remove(entry.Id);
            }

            foreach (var id in others)
                board.Remove(transaction, pipeline, id);
            return epoch;
        },
        cancel);

    public Task<IReadOnlyList<BoardEntry>> TakeAsync(string pipeline, long epoch, CancellationToken cancel) => WriteAsync(
        (board, transaction) =>
        {
            board.Take(transaction, pipeline, epoch);
            return board.Of(transaction, pipeline, cancel);
        },
        cancel);

    public Task<long> PostAsync(
        string pipeline, long epoch, IReadOnlyList<BoardEntry> entries, IReadOnlyList<string> gone, CancellationToken cancel) => WriteAsync(
        (board, transaction) =>
        {
            var owner = board.Epoch(transaction, pipeline);
            if (owner == 0 || owner != epoch)
                return owner;
            foreach (var entry in entries)
            {
                cancel.ThrowIfCancellationRequested();
                board.Write(transaction, pipeline, entry, anyway: false);
            }

            foreach (var id in gone)
                board.Remove(transaction, pipeline, id);
            return owner;
        },
        cancel);

    public Task<BoardReading> ReadAsync(string? after, CancellationToken cancel) => session.RunInPlaceAsync(
        board =>
        {
            using var transaction = board.BeginReading();
            return (after is null ? null : board.Changes.Since(transaction, after)) ?? new(
                board.Changes.Latest(transaction),
                IsWhole: true,
                board.All(transaction, cancel),
                [],
                board.Epochs(transaction));
        },
        cancel);

    public ValueTask DisposeAsync() => session.DisposeAsync();

    private Task<T> WriteAsync<T>(Func<SqliteBoardTables, SqliteTransaction, T> work, CancellationToken cancel) => session.RunInPlaceAsync(
        board =>
        {
            using var transaction = board.Begin();
            var result = work(board, transaction);
            board.Changes.Trim(transaction);
            transaction.Commit();
            return result;
        },
        cancel);
}
