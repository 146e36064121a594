using Microsoft.Data.Sqlite;
using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Connectors.Sqlite;

/// <summary>Says what to do about errors of SQLite and of the file system.</summary>
internal static class SqliteProblem
{
    // errno: EFBIG, ENOSPC, EDQUOT of macOS, and of Linux.
    private static readonly int[] NoRoom = [27, 28, 69, 122];

    public static bool IsKnown(Exception problem) =>
        problem is CheckpointStoreException or SqliteException or IOException or UnauthorizedAccessException;

    /// <param name="problem">A known one.</param>
    /// <param name="path">The file.</param>
    /// <param name="systemError"><see cref="SqliteNative.SystemError"/> of the connection that failed.</param>
    public static CheckpointStoreException Of(Exception problem, string path, int systemError = 0) => problem switch
    {
        CheckpointStoreException said => said,
        SqliteException sqlite => Of(sqlite, path, systemError),
        UnauthorizedAccessException => New(
            CheckpointStoreProblem.Refused, path, "cannot be opened; give this user permission to write to it and its folder", problem),
        _ => New(CheckpointStoreProblem.Refused, path, "cannot be opened; look at its path and disk", problem),
    };

    public static CheckpointStoreException New(CheckpointStoreProblem problem, string path, string advice, Exception? inner = null) =>
        new(problem, $"The checkpoint file “{path}” {advice}{(inner is null ? "." : $" ({inner.Message})")}", inner);

    // The primary result codes of SQLite: https://www.sqlite.org/rescode.html
    private static CheckpointStoreException Of(SqliteException problem, string path, int systemError) => problem.SqliteErrorCode switch
    {
        5 or 6 => New(
            CheckpointStoreProblem.Unavailable,
            path,
            "is locked by another process; look for one that uses it too, or wait longer with Sqlite:LockWait",
            problem),
        8 => New(
            CheckpointStoreProblem.ReadOnly,
            path,
            "takes no writes; look at its permissions, those of its -wal and -shm beside it, and how its disk is mounted",
            problem),
        13 => Full(path, problem),

        // To SQLite, only ENOSPC is a full disk. Beyond a quota, and beyond the largest size of a file, it says “disk I/O error”.
        10 when NoRoom.Contains(systemError) => Full(path, problem),
        10 => New(
            CheckpointStoreProblem.Unavailable, path, "cannot be read or written; look at its disk, and at the log of the system", problem),
        3 or 14 or 23 => New(
            CheckpointStoreProblem.Refused,
            path,
            "cannot be opened; "
            + "it must be a file, not a folder, that this user may read and write, in a folder where it may make files",
            problem),
        26 => New(CheckpointStoreProblem.Refused, path, "is not a SQLite database; give another path, or move the file away", problem),

        // 1 is an error in a statement. Our statements are fixed, so the tables are not the tables that this build makes.
        1 or 11 => New(CheckpointStoreProblem.Damaged, path, "is damaged; restore a copy, or move it away and start without it", problem),
        _ => New(CheckpointStoreProblem.Unavailable, path, "did not do what was asked for; look at its disk", problem),
    };

    private static CheckpointStoreException Full(string path, SqliteException problem) => New(
        CheckpointStoreProblem.Full, path, "has no room; free space on its disk, or raise the quota or limit of this user", problem);
}
