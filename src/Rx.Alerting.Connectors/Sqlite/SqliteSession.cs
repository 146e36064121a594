using Microsoft.Data.Sqlite;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Connectors.Sqlite;

/// <summary>The connection to a file. The first call opens the file, or makes it.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>One call at a time uses the connection, on a thread of the pool.</item>
/// <item>After a failure the connection is closed. The next call opens the file again, but does not make a new file.</item>
/// <item>A cancelled call stops waiting for its turn at once. It stops waiting for another process that has the file within about a second.
/// Otherwise it ends by itself.</item>
/// </list>
/// </remarks>
/// <typeparam name="TTables">What reads and writes the open file.</typeparam>
internal sealed class SqliteSession<TTables> : IAsyncDisposable
    where TTables : class, IDisposable
{
    private readonly SqliteOptions options;
    private readonly Func<SqliteConnection, TTables> use;
    private readonly bool mayMake;
    private readonly SemaphoreSlim turn = new(1);
    private SqliteConnection? connection;
    private TTables? tables;
    private volatile bool wasOpen;
    private bool disposed;

    /// <param name="options">The file.</param>
    /// <param name="use">Takes a new connection. Disposes of what it has made if it fails; the session disposes of the connection.</param>
    /// <param name="mayMake">Whether the first call makes a file that is not there.</param>
    /// <exception cref="ArgumentException">Options are out of bounds. The message names all of them.</exception>
    public SqliteSession(SqliteOptions options, Func<SqliteConnection, TTables> use, bool mayMake = true)
    {
        if (OptionFaults.Of(options) is { Count: > 0 } faults)
            throw new ArgumentException(string.Join(Environment.NewLine, faults), nameof(options));
        (this.options, this.use, this.mayMake) = (options, use, mayMake);
    }

    /// <summary>Whether the file has been open before, so that it must not be made.</summary>
    public bool WasOpen => wasOpen;

    /// <param name="work">Reads or writes. Repeated while another process has the file.</param>
    /// <param name="cancel">Gives up waiting.</param>
    /// <exception cref="CheckpointStoreException">The file cannot be used.</exception>
    public async Task<T> RunAsync<T>(Func<TTables, T> work, CancellationToken cancel)
    {
        await turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            return await Task.Run(
                () => SqliteLock.Wait(options.LockWait, () => work(tables ??= Open()), cancel),
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception problem) when (SqliteProblem.IsKnown(problem))
        {
            var systemError = SqliteNative.SystemError(connection);
            Close();
            throw SqliteProblem.Of(problem, options.Path, systemError);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Runs work, and makes sure that it was done in the file that has the name.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public Task<T> RunInPlaceAsync<T>(Func<TTables, T> work, CancellationToken cancel) => RunAsync(file =>
    {
        var result = work(file);
        if (SqliteNative.HasMoved(connection!))
        {
            throw SqliteProblem.New(
                CheckpointStoreProblem.Unavailable,
                options.Path,
                "was moved, deleted or replaced while it was open; put it back");
        }

        return result;
    }, cancel);

    public async ValueTask DisposeAsync()
    {
        await turn.WaitAsync().ConfigureAwait(false);
        disposed = true;
        Close();
        turn.Release();
    }

    private TTables Open()
    {
        connection = SqliteFile.Open(options, mayMake: mayMake && !wasOpen);
        wasOpen = true;
        try
        {
            return use(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void Close()
    {
        tables?.Dispose();
        tables = null;
        connection?.Dispose();
        connection = null;
    }
}
