using System.Globalization;
using Microsoft.Data.Sqlite;
using Rx.Alerting.Core.Effects;

namespace Rx.Alerting.Connectors.Sqlite;

/// <summary>The latest changes of the board. A position is the number and the token of a change.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>The token is random. So a change of another file, or of a copy that is put back, is not taken for a change of this file.</item>
/// <item>A change names a part and an id. What it has done is in the table of incidents.</item>
/// <item>A change without an id says that another epoch has a part.</item>
/// </list>
/// </remarks>
/// <param name="connection">An open one.</param>
/// <param name="name">Names the board.</param>
internal sealed class SqliteBoardChanges(SqliteConnection connection, string name) : IDisposable
{
    // With AUTOINCREMENT, the number of a row that is gone does not come again.
    public static string Table(string name) => $"""
CREATE TABLE IF NOT EXISTS {name}_changes (
    change INTEGER PRIMARY KEY AUTOINCREMENT, token INTEGER NOT NULL, pipeline TEXT NOT NULL, id TEXT);
""";

    /// <summary>A reader that is further behind reads everything.</summary>
    private const int Most = 10_000;

    private readonly SqliteStatement latest = new(connection, $"SELECT change, token FROM {name}_changes ORDER BY change DESC LIMIT 1", 0);
    private readonly SqliteStatement known = new(connection, $"SELECT 1 FROM {name}_changes WHERE change = $1 AND token = $2", 2);
    private readonly SqliteStatement parts = new(connection, $"SELECT 1 FROM {name}_changes WHERE change > $1 AND id IS NULL LIMIT 1", 1);
    private readonly SqliteStatement changed = new(
        connection,
        "SELECT changes.pipeline, changes.id, updated_at, value, change, token "
        // SQLite takes the token of the row that has the maximum.
        + $"FROM (SELECT pipeline, id, max(change) AS change, token FROM {name}_changes "
        + "WHERE change > $1 GROUP BY pipeline, id) AS changes "
        + $"LEFT JOIN {name} ON {name}.pipeline = changes.pipeline AND {name}.id = changes.id",
        1);

    private readonly SqliteStatement tell = new(connection, $"INSERT INTO {name}_changes (token, pipeline, id) VALUES ($1, $2, $3)", 3);
    private readonly SqliteStatement trim = new(
        connection, $"DELETE FROM {name}_changes WHERE change <= (SELECT max(change) FROM {name}_changes) - $1", 1);

    public void Tell(SqliteTransaction transaction, string pipeline, string? id) =>
        tell.Run(transaction, Random.Shared.NextInt64(), pipeline, id ?? (object)DBNull.Value);

    public void Trim(SqliteTransaction transaction) => trim.Run(transaction, Most);

    /// <summary>The position of the latest change. Where there is none, its number is 0.</summary>
    public string Latest(SqliteTransaction transaction)
    {
        using var row = latest.Query(transaction);
        return row.Read() ? Position(row, 0) : "0-0";
    }

    /// <summary>What has changed since a position. Null if everything must be read.</summary>
    public BoardReading? Since(SqliteTransaction transaction, string position)
    {
        var now = Latest(transaction);
        if (position != now && !IsKnown(transaction, position))
            return null;
        var number = long.Parse(position.Split('-')[0], CultureInfo.InvariantCulture);
        using (var row = parts.Query(transaction, number))
        {
            if (row.Read())
                return null;
        }

        var (entries, gone) = (new List<BoardEntry>(), new List<(string, string)>());
        var positions = new Dictionary<(string, string), string>();
        using (var row = changed.Query(transaction, number))
        {
            while (row.Read())
            {
                var (pipeline, id) = (row.GetString(0), row.GetString(1));
                positions[(pipeline, id)] = Position(row, 4);
                if (row.IsDBNull(2))
                    gone.Add((pipeline, id));
                else
                    entries.Add(new(pipeline, id, SqliteBoardTables.Time(row, 2), row.GetFieldValue<byte[]>(3)));
            }
        }

        return new(now, IsWhole: false, entries, gone, new Dictionary<string, long>()) { Positions = positions };
    }

    public void Dispose()
    {
        foreach (var statement in (SqliteStatement[])[latest, known, parts, changed, tell, trim])
            statement.Dispose();
    }

    private static string Position(SqliteDataReader row, int column) =>
        string.Create(CultureInfo.InvariantCulture, $"{row.GetInt64(column)}-{row.GetInt64(column + 1)}");

    private bool IsKnown(SqliteTransaction transaction, string position)
    {
        if (position.Split('-') is not [var number, var token]
            || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var change)
            || !long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var random))
            return false;
        using var row = known.Query(transaction, change, random);
        return row.Read();
    }
}
