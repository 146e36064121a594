using Microsoft.Data.Sqlite;
using Rx.Alerting.Core.Effects;

namespace Rx.Alerting.Connectors.Sqlite;

/// <summary>The board in an open file: its parts and their incidents. One thread at a time.</summary>
/// <remarks>
/// The tables are made where they are missing. The version of the file stays as it is, so an earlier release can still open the file.
/// </remarks>
internal sealed class SqliteBoardTables : IDisposable
{
    private static readonly long Earliest = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    private readonly SqliteConnection connection;
    private readonly SqliteStatement epochs, epoch, setEpoch, all, part, find, ids, write, remove;

    /// <param name="connection">An open one.</param>
    /// <param name="kind">Which board. All its tables begin with its name.</param>
    public SqliteBoardTables(SqliteConnection connection, BoardKind kind)
    {
        this.connection = connection;
        var name = kind.Name;
        using (var command = connection.CreateCommand())
        {
            // Whole readings would fill the large cache that commits need. Values are too large for a table without rowid:
            // https://www.sqlite.org/withoutrowid.html
            command.CommandText = $"""
PRAGMA synchronous = {(kind.IsWrittenAgain ? "NORMAL" : "FULL")};
PRAGMA cache_size = -4096;
CREATE TABLE IF NOT EXISTS {name}_parts (pipeline TEXT NOT NULL PRIMARY KEY, epoch INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS {name} (
    pipeline TEXT NOT NULL, id TEXT NOT NULL, updated_at INTEGER NOT NULL, value BLOB NOT NULL, PRIMARY KEY (pipeline, id));
{SqliteBoardChanges.Table(name)}
""";
            command.ExecuteNonQuery();
        }

        epochs = new(connection, $"SELECT pipeline, epoch FROM {name}_parts", 0);
        epoch = new(connection, $"SELECT epoch FROM {name}_parts WHERE pipeline = $1", 1);
        setEpoch = new(connection, $"INSERT OR REPLACE INTO {name}_parts (pipeline, epoch) VALUES ($1, $2)", 2);
        all = new(connection, $"SELECT pipeline, id, updated_at, value FROM {name}", 0);
        part = new(connection, $"SELECT pipeline, id, updated_at, value FROM {name} WHERE pipeline = $1", 1);
        find = new(connection, $"SELECT updated_at, value FROM {name} WHERE pipeline = $1 AND id = $2", 2);
        ids = new(connection, $"SELECT id FROM {name} WHERE pipeline = $1", 1);
        write = new(
            connection,
            $"INSERT INTO {name} (pipeline, id, updated_at, value) VALUES ($1, $2, $3, $4) "
            + "ON CONFLICT (pipeline, id) DO UPDATE SET updated_at = $3, value = $4",
            4);
        remove = new(connection, $"DELETE FROM {name} WHERE pipeline = $1 AND id = $2", 2);
        Changes = new(connection, name);
    }

    public SqliteBoardChanges Changes { get; }

    /// <summary>Takes the right to write at once, so that nobody comes between a look and a write.</summary>
    public SqliteTransaction Begin() => connection.BeginTransaction(deferred: false);

    public SqliteTransaction BeginReading() => connection.BeginTransaction(deferred: true);

    public Dictionary<string, long> Epochs(SqliteTransaction transaction)
    {
        var found = new Dictionary<string, long>(StringComparer.Ordinal);
        using var row = epochs.Query(transaction);
        while (row.Read())
            found.Add(row.GetString(0), row.GetInt64(1));
        return found;
    }

    /// <summary>The epoch that has a part; 0 if there is no part.</summary>
    public long Epoch(SqliteTransaction transaction, string pipeline)
    {
        using var row = epoch.Query(transaction, pipeline);
        return row.Read() ? row.GetInt64(0) : 0;
    }

    public List<BoardEntry> All(SqliteTransaction transaction, CancellationToken cancel) => Read(all.Query(transaction), cancel);

    public IReadOnlyList<BoardEntry> Of(SqliteTransaction transaction, string pipeline, CancellationToken cancel) =>
        Read(part.Query(transaction, pipeline), cancel);

    private static List<BoardEntry> Read(SqliteDataReader rows, CancellationToken cancel)
    {
        var found = new List<BoardEntry>();
        using var row = rows;
        while (row.Read())
        {
            cancel.ThrowIfCancellationRequested();
            found.Add(new(row.GetString(0), row.GetString(1), Time(row, 2), row.GetFieldValue<byte[]>(3)));
        }

        return found;
    }

    public List<string> Ids(SqliteTransaction transaction, string pipeline)
    {
        var found = new List<string>();
        using var row = ids.Query(transaction, pipeline);
        while (row.Read())
            found.Add(row.GetString(0));
        return found;
    }

    /// <summary>Gives a part to an epoch. If another epoch had it, or nobody, a change tells readers to read everything.</summary>
    public void Take(SqliteTransaction transaction, string pipeline, long owner)
    {
        if (Epoch(transaction, pipeline) != owner)
            Changes.Tell(transaction, pipeline, null);
        setEpoch.Run(transaction, pipeline, owner);
    }

    /// <summary>Writes an incident. An incident that stays as it is leaves no change.</summary>
    /// <param name="transaction">Writes.</param>
    /// <param name="pipeline">The part.</param>
    /// <param name="entry">The incident.</param>
    /// <param name="anyway">Whether the state replaces a later one, too.</param>
    public void Write(SqliteTransaction transaction, string pipeline, BoardEntry entry, bool anyway)
    {
        var time = entry.UpdatedAt.ToUnixTimeMilliseconds();
        using (var row = find.Query(transaction, pipeline, entry.Id))
        {
            if (row.Read())
            {
                var isSame = row.GetInt64(0) == time && row.GetFieldValue<byte[]>(1).AsSpan().SequenceEqual(entry.Value.Span);
                if (isSame || (row.GetInt64(0) > time && !anyway))
                    return;
            }
        }

        write.Run(transaction, pipeline, entry.Id, time, SqliteTables.Whole(entry.Value));
        Changes.Tell(transaction, pipeline, entry.Id);
    }

    public void Remove(SqliteTransaction transaction, string pipeline, string id)
    {
        if (remove.Run(transaction, pipeline, id) > 0)
            Changes.Tell(transaction, pipeline, id);
    }

    public void Dispose()
    {
        foreach (var statement in (SqliteStatement[])[epochs, epoch, setEpoch, all, part, find, ids, write, remove])
            statement.Dispose();
        Changes.Dispose();
    }

    internal static DateTimeOffset Time(SqliteDataReader row, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(row.GetInt64(column), Earliest, Latest));
}
