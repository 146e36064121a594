using System.Globalization;
using Microsoft.Data.Sqlite;
using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Connectors.Sqlite;

/// <summary>Opens the file, and makes the tables of a new file. Refuses a file that this build does not know.</summary>
internal static class SqliteFile
{
    public const int FormatVersion = 1;

    private const string Tables = """
CREATE TABLE pipelines (
    name TEXT NOT NULL PRIMARY KEY, epoch INTEGER NOT NULL, owner TEXT NOT NULL, id INTEGER NOT NULL, committed_at INTEGER) WITHOUT ROWID;
CREATE TABLE entries (
    pipeline TEXT NOT NULL, section TEXT NOT NULL, high INTEGER NOT NULL, low INTEGER NOT NULL, value BLOB NOT NULL,
    PRIMARY KEY (pipeline, section, high, low)) WITHOUT ROWID;
PRAGMA user_version = 1;
""";

    /// <param name="options">Validated options.</param>
    /// <param name="mayMake">
    /// Whether to make the file if there is none. False for a file that has been open before: a new file would hide that the disk of the
    /// old file is away.
    /// </param>
    public static SqliteConnection Open(SqliteOptions options, bool mayMake)
    {
        if (mayMake && Path.GetDirectoryName(Path.GetFullPath(options.Path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
            MakeForOwner(options.Path);
        }

        // Without a pool, so that the file is closed when the store is.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.GetFullPath(options.Path),
            DefaultTimeout = SqliteLock.SliceSeconds,
            Mode = mayMake ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
            Pooling = false,
        }.ConnectionString);
        try
        {
            connection.Open();
            Prepare(connection, options.Path, mayMake);
            return connection;
        }
        catch (SqliteException problem) when (!mayMake && !File.Exists(options.Path))
        {
            connection.Dispose();
            throw SqliteProblem.New(
                CheckpointStoreProblem.Unavailable,
                options.Path,
                "is gone; put it back, and see that its disk is mounted; only a service that starts anew makes a new one",
                problem);
        }
        catch (SqliteException problem) when (problem.SqliteErrorCode == 10)
        {
            var said = SqliteProblem.Of(problem, options.Path, SqliteNative.SystemError(connection));
            connection.Dispose();
            throw said;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Makes the file if there is none, for its owner only: SQLite would let all users of the machine read it. The files beside it, which
    /// SQLite makes, get the same mode.
    /// </summary>
    private static void MakeForOwner(string path)
    {
        if (OperatingSystem.IsWindows() || File.Exists(path))
            return;
        try
        {
            File.Open(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }).Dispose();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Another process was faster, or it cannot be made: SQLite says why.
        }
    }

    private static void Prepare(SqliteConnection connection, string path, bool mayMake)
    {
        // Before any change, so that a file of another program stays as it is.
        var isNew = IsNew(connection, null, path);
        if (isNew && !mayMake)
        {
            throw SqliteProblem.New(
                CheckpointStoreProblem.Unavailable,
                path,
                "is empty, though it was not; put the right one back, and see that its disk is mounted");
        }

        if (Scalar(connection, null, "PRAGMA journal_mode = WAL") as string is not "wal")
        {
            throw SqliteProblem.New(
                CheckpointStoreProblem.Refused, path, "is on a file system without shared memory; put it on a local disk");
        }

        Scalar(connection, null, "PRAGMA synchronous = FULL");

        // Titles that change lie scattered over the file. So the upper pages of the trees are kept in memory, and changed pages are moved
        // out of the log together, after some commits instead of with each.
        Scalar(connection, null, "PRAGMA cache_size = -65536");
        Scalar(connection, null, "PRAGMA wal_autocheckpoint = 32768");
        if (!isNew)
            return;

        using var transaction = connection.BeginTransaction(deferred: false);
        if (IsNew(connection, transaction, path)) // Another process may have been faster.
            Scalar(connection, transaction, Tables);
        transaction.Commit();
    }

    private static bool IsNew(SqliteConnection connection, SqliteTransaction? transaction, string path)
    {
        // The tables first, then the version: between the two questions, another process may make both in one transaction.
        var isEmpty = Number(connection, transaction, "SELECT count(*) FROM sqlite_schema") == 0;
        var version = Number(connection, transaction, "PRAGMA user_version");
        if (version == 0 && isEmpty)
            return true;
        if (version == 0)
            throw SqliteProblem.New(CheckpointStoreProblem.Refused, path, "is the database of another program; give another path");
        if (version != FormatVersion)
        {
            throw SqliteProblem.New(CheckpointStoreProblem.OtherFormat, path, string.Create(
                CultureInfo.InvariantCulture,
                $"has format version {version}, this build reads version {FormatVersion}; "
                + $"use the release that wrote it, or move it away and start without it"));
        }

        return false;
    }

    private static long Number(SqliteConnection connection, SqliteTransaction? transaction, string sql) =>
        Convert.ToInt64(Scalar(connection, transaction, sql), CultureInfo.InvariantCulture);

    private static object? Scalar(SqliteConnection connection, SqliteTransaction? transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        return command.ExecuteScalar();
    }
}
