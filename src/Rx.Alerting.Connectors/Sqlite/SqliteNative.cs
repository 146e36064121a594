using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Rx.Alerting.Connectors.Sqlite;

/// <summary>The functions of SQLite that Microsoft.Data.Sqlite does not offer.</summary>
internal static partial class SqliteNative
{
    private const string Library = "e_sqlite3";

    // SQLITE_FCNTL_HAS_MOVED: https://www.sqlite.org/c3ref/c_fcntl_begin_atomic_write.html
    private const int HasMovedControl = 20;

    /// <summary>
    /// Whether the open file was renamed or deleted, or another file has its name. False if the system cannot tell.
    /// </summary>
    public static bool HasMoved(SqliteConnection connection)
    {
        var moved = 0;
        return FileControl(connection.Handle!, "main", HasMovedControl, ref moved) == 0 && moved != 0;
    }

    /// <summary>The number of the latest error of the system (errno). 0 if there was none, or the connection is closed.</summary>
    public static int SystemError(SqliteConnection? connection) => connection?.Handle is { } open ? SystemErrno(open) : 0;

    [LibraryImport(Library, EntryPoint = "sqlite3_system_errno")]
    private static partial int SystemErrno(sqlite3 connection);

    [LibraryImport(Library, EntryPoint = "sqlite3_file_control", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int FileControl(sqlite3 connection, string database, int control, ref int value);
}
