using Microsoft.Data.Sqlite;

namespace Rx.Alerting.Connectors.Sqlite;

/// <summary>Waits while another process has the file. Waits in slices, because a wait of SQLite cannot be cancelled.</summary>
internal static class SqliteLock
{
    /// <summary>The shortest wait of Microsoft.Data.Sqlite.</summary>
    public const int SliceSeconds = 1;

    public static T Wait<T>(TimeSpan most, Func<T> work, CancellationToken cancel)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return work();
            }
            catch (SqliteException busy) when (busy.SqliteErrorCode is 5 or 6 && TimeProvider.System.GetElapsedTime(begin) < most)
            {
                cancel.ThrowIfCancellationRequested();
            }
        }
    }
}
