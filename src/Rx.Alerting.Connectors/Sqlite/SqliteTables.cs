using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Connectors.Sqlite;

/// <summary>An open file: reads and writes heads and entries. One thread at a time.</summary>
internal sealed class SqliteTables(SqliteConnection connection) : IDisposable
{
    private const int ChunkEntries = 1024;
    private const int ChunkBytes = 4 << 20;

    private readonly SqliteStatement find = new(connection, "SELECT epoch, owner, id, committed_at FROM pipelines WHERE name = $1", 1);
    private readonly SqliteStatement list = new(connection, "SELECT name FROM pipelines", 0);
    private readonly SqliteStatement head = new(connection,
        "INSERT OR REPLACE INTO pipelines (name, epoch, owner, id, committed_at) VALUES ($1, $2, $3, $4, $5)", 5);

    private readonly SqliteStatement write = new(connection,
        "INSERT OR REPLACE INTO entries (pipeline, section, high, low, value) VALUES ($1, $2, $3, $4, $5)", 5);

    private readonly SqliteStatement remove = new(connection,
        "DELETE FROM entries WHERE pipeline = $1 AND section = $2 AND high = $3 AND low = $4", 4);

    private readonly SqliteStatement clear = new(connection, "DELETE FROM entries WHERE pipeline = $1", 1);
    private readonly SqliteStatement read = new(connection,
        "SELECT high, low, value FROM entries WHERE pipeline = $1 AND section = $2 "
        + "AND (high, low) > ($3, $4) ORDER BY high, low LIMIT $5", 5);

    private readonly SqliteStatement first = new(connection,
        "SELECT high, low, value FROM entries WHERE pipeline = $1 AND section = $2 ORDER BY high, low LIMIT $3", 3);

    /// <summary>Takes the right to write at once. If it were taken with the first write, another process could come between.</summary>
    public SqliteTransaction Begin() => connection.BeginTransaction(deferred: false);

    /// <summary>Begins a transaction that sees the file as it is at the first read, even if others write meanwhile.</summary>
    public SqliteTransaction BeginReading() => connection.BeginTransaction(deferred: true);

    public CheckpointHead? Find(SqliteTransaction? transaction, string pipeline)
    {
        using var row = find.Query(transaction, pipeline);
        if (!row.Read())
            return null;
        DateTimeOffset? committedAt = row.IsDBNull(3) ? null : new DateTimeOffset(row.GetInt64(3), TimeSpan.Zero);
        return new(row.GetInt64(0), row.GetString(1), row.GetInt64(2), committedAt);
    }

    public IReadOnlyList<string> List()
    {
        var names = new List<string>();
        using (var row = list.Query(null))
        {
            while (row.Read())
                names.Add(row.GetString(0));
        }

        names.Sort(StringComparer.Ordinal); // SQLite compares UTF-8, which is another order beyond U+FFFF.
        return names;
    }

    public void SetHead(SqliteTransaction transaction, string pipeline, CheckpointHead value) =>
        head.Run(transaction, pipeline, value.Epoch, value.Owner, value.Id, value.CommittedAt is { } time ? time.UtcTicks : DBNull.Value);

    public void Change(SqliteTransaction transaction, string pipeline, StateChanges changes)
    {
        foreach (var key in changes.Removed)
            remove.Run(transaction, pipeline, key.Section, Signed(key.High), Signed(key.Low));
        foreach (var (key, value) in InOrder(changes.Written))
            write.Run(transaction, pipeline, key.Section, Signed(key.High), Signed(key.Low), Whole(value));
    }

    public void Clear(SqliteTransaction transaction, string pipeline) => clear.Run(transaction, pipeline);

    /// <summary>Reads the entries that follow <paramref name="after"/> in the order of the table. Empty at the end.</summary>
    public IReadOnlyList<StateEntry> Read(SqliteTransaction? transaction, string pipeline, string section, StateKey? after)
    {
        var chunk = new List<StateEntry>();
        using var row = after is { } last
            ? read.Query(transaction, pipeline, section, Signed(last.High), Signed(last.Low), ChunkEntries)
            : first.Query(transaction, pipeline, section, ChunkEntries);
        for (var bytes = 0; bytes < ChunkBytes && row.Read();)
        {
            var value = row.GetFieldValue<byte[]>(2);
            chunk.Add(new(new(section, unchecked((ulong)row.GetInt64(0)), unchecked((ulong)row.GetInt64(1))), value));
            bytes += value.Length;
        }

        return chunk;
    }

    public void Dispose()
    {
        foreach (var statement in (SqliteStatement[])[find, list, head, write, remove, clear, read, first])
            statement.Dispose();
        connection.Dispose();
    }

    /// <summary>Sorts entries as the table is sorted, so that each page is looked for, changed and split only once.</summary>
    private static StateEntry[] InOrder(IReadOnlyList<StateEntry> entries)
    {
        StateEntry[] sorted = [.. entries];
        Array.Sort(sorted, static (one, other) =>
        {
            var (a, b) = (one.Key, other.Key);
            var section = string.CompareOrdinal(a.Section, b.Section);
            if (section != 0)
                return section;
            return a.High == b.High ? Signed(a.Low).CompareTo(Signed(b.Low)) : Signed(a.High).CompareTo(Signed(b.High));
        });
        return sorted;
    }

    private static long Signed(ulong half) => unchecked((long)half);

    /// <summary>The bytes as an array, without a copy where there is one.</summary>
    internal static byte[] Whole(ReadOnlyMemory<byte> value) =>
        MemoryMarshal.TryGetArray(value, out var array) && array.Offset == 0 && array.Count == array.Array!.Length
            ? array.Array
            : value.ToArray();
}
