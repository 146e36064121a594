using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Connectors.Sqlite;

/// <summary>Reads one commit in one transaction, while others may write.</summary>
internal sealed class SqliteSnapshot : IDisposable
{
    private readonly SqliteOptions options;
    private readonly string pipeline;
    private readonly SqliteTables tables;
    private readonly SqliteTransaction transaction;

    /// <exception cref="CheckpointStoreException">The file cannot be read.</exception>
    public SqliteSnapshot(SqliteOptions options, bool mayMake, string pipeline)
    {
        (this.options, this.pipeline) = (options, pipeline);
        tables = Known(() => new SqliteTables(SqliteFile.Open(options, mayMake)));
        try
        {
            transaction = tables.BeginReading();
            Head = Known(() => tables.Find(transaction, pipeline));
        }
        catch
        {
            tables.Dispose();
            throw;
        }
    }

    public CheckpointHead? Head { get; }

    /// <summary>Reads chunk after chunk until a chunk is empty. Each chunk begins behind the last key of the chunk before.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<StateEntry>> ChunksAsync(Func<StateKey?, Task<IReadOnlyList<StateEntry>>> read)
    {
        for (var chunk = await read(null).ConfigureAwait(false); chunk.Count > 0;)
        {
            var last = chunk[^1].Key; // Before yield, because the receiver may change the chunk.
            yield return chunk;
            chunk = await read(last).ConfigureAwait(false);
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<StateEntry>> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var section in StateSections.All)
        {
            var chunks = ChunksAsync(
                after => Task.Run(() => Known(() => tables.Read(transaction, pipeline, section, after)), cancel));
            await foreach (var chunk in chunks.ConfigureAwait(false))
                yield return chunk;
        }
    }

    public void Dispose()
    {
        transaction.Dispose();
        tables.Dispose();
    }

    private T Known<T>(Func<T> work)
    {
        try
        {
            return SqliteLock.Wait(options.LockWait, work, CancellationToken.None);
        }
        catch (Exception problem) when (SqliteProblem.IsKnown(problem))
        {
            throw SqliteProblem.Of(problem, options.Path);
        }
    }
}
