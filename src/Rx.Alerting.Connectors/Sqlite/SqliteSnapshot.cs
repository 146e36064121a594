using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Connectors.Sqlite;

/// <summary>Reads one commit in one transaction, beside whoever writes.</summary>
internal sealed class SqliteReading : IDisposable
{
    private readonly SqliteOptions options;
    private readonly string pipeline;
    private readonly SqliteTables tables;
    private readonly SqliteTransaction transaction;

    /// <exception cref="CheckpointStoreException">The file cannot be read.</exception>
    public SqliteReading(SqliteOptions options, bool mayMake, string pipeline)
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

    /// <summary>Chunk after chunk, each read behind the last key of the one before, until there is none.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<StateEntry>> ChunksAsync(Func<StateKey?, Task<IReadOnlyList<StateEntry>>> read)
    {
        for (var chunk = await read(null).ConfigureAwait(false); chunk.Count > 0;)
        {
            var last = chunk[^1].Key; // Before the chunk is given away.
            yield return chunk;
            chunk = await read(last).ConfigureAwait(false);
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<StateEntry>> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var section in StateSections.All)
        {
            await foreach (var chunk in ChunksAsync(after => Task.Run(() => Known(() => tables.Read(transaction, pipeline, section, after)), cancel)).ConfigureAwait(false))
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
