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
    public SqliteReading(SqliteOptions options, string pipeline)
    {
        (this.options, this.pipeline) = (options, pipeline);
        tables = Known(() => new SqliteTables(SqliteFile.Open(options)));
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

    public async IAsyncEnumerable<IReadOnlyList<StateEntry>> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var section in StateSections.All)
        {
            StateKey? after = null;
            while (true)
            {
                var chunk = await Task.Run(() => Known(() => tables.Read(transaction, pipeline, section, after)), cancel).ConfigureAwait(false);
                if (chunk.Count == 0)
                    break;
                after = chunk[^1].Key;
                yield return chunk;
            }
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
            return work();
        }
        catch (Exception problem) when (SqliteProblem.IsKnown(problem))
        {
            throw SqliteProblem.Of(problem, options.Path);
        }
    }
}
