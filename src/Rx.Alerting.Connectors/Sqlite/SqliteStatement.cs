using Microsoft.Data.Sqlite;

namespace Rx.Alerting.Connectors.Sqlite;

/// <summary>A statement that is compiled once for its connection, with parameters <c>$1</c>, <c>$2</c>, …</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly SqliteCommand command;

    public SqliteStatement(SqliteConnection connection, string sql, int parameters)
    {
        command = connection.CreateCommand();
        command.CommandText = sql;
        for (var number = 1; number <= parameters; number++)
            command.Parameters.Add(new() { ParameterName = $"${number}" });
    }

    /// <summary>Answers how many rows have changed.</summary>
    public int Run(SqliteTransaction transaction, params ReadOnlySpan<object> values) => Bound(transaction, values).ExecuteNonQuery();

    public SqliteDataReader Query(SqliteTransaction? transaction, params ReadOnlySpan<object> values) =>
        Bound(transaction, values).ExecuteReader();

    public void Dispose() => command.Dispose();

    private SqliteCommand Bound(SqliteTransaction? transaction, ReadOnlySpan<object> values)
    {
        command.Transaction = transaction;
        for (var index = 0; index < values.Length; index++)
            command.Parameters[index].Value = values[index];
        return command;
    }
}
