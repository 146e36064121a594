using System.Globalization;
using System.Runtime.CompilerServices;
using Rx.Alerting.Core.Checkpoints;
using StackExchange.Redis;

namespace Rx.Alerting.Connectors.Redis;

/// <summary>Reads the entries of a checkpoint, and compares them with the counts of the head.</summary>
public sealed partial class RedisCheckpointStore
{
    public async IAsyncEnumerable<IReadOnlyList<StateEntry>> ReadAsync(
        string pipeline, string section, [EnumeratorCancellation] CancellationToken cancel)
    {
        var head = await ReadHeadAsync(pipeline, cancel).ConfigureAwait(false);
        if (Parse(pipeline, head) is not { } before)
            yield break;
        ThrowIfTorn(pipeline, head);
        var (hashes, read) = (new RedisHashReader(connection, timeout), 0L);
        foreach (var key in layout.Section(pipeline, section))
        {
            await foreach (var fields in hashes.ReadAsync(key, cancel).ConfigureAwait(false))
            {
                yield return Entries(pipeline, section, key, fields);
                read += fields.Length;
            }
        }

        // If a commit has come between, the entries are of no commit, and a wrong count says nothing. The caller notices the commit by
        // itself.
        if (RedisHead.CountOf(head, section) is { } count
            && count != read
            && await FindAsync(pipeline, cancel).ConfigureAwait(false) == before)
        {
            throw connection.Errors.Incomplete(pipeline, Missing(section, read, count));
        }
    }

    /// <summary>
    /// Reads a checkpoint in chunks. If a commit comes between, reads it again in one transaction. Meanwhile the server does nothing else:
    /// about a third of a second for a million titles.
    /// </summary>
    public async Task<CheckpointSnapshot?> SnapshotAsync(string pipeline, CancellationToken cancel)
    {
        if (await CheckpointSnapshot.TryReadAsync(this, pipeline, cancel).ConfigureAwait(false) is { } calm)
            return calm;
        var keys = StateSections.All
            .SelectMany(section => layout.Section(pipeline, section), (section, key) => (Section: section, Key: key))
            .ToList();
        RedisKey[] headAndHashes = [layout.Head(pipeline), .. keys.Select(key => key.Key)];
        var all = await connection.CallAsync(
            redis => ReadAtOnceAsync(redis.CreateTransaction(), headAndHashes), cancel).ConfigureAwait(false);
        if (Parse(pipeline, all[0]) is not { } head)
            return null;
        ThrowIfTorn(pipeline, all[0]);
        var hashes = keys.Zip(all.Skip(1), (hash, fields) => (hash.Section, hash.Key, Fields: fields)).ToList();
        var sizes = hashes
            .GroupBy(hash => hash.Section, hash => hash.Fields.Length)
            .Select(section => (section.Key, section.Sum()));
        foreach (var (section, read) in sizes)
        {
            if (RedisHead.CountOf(all[0], section) is { } count && count != read)
                throw connection.Errors.Incomplete(pipeline, Missing(section, read, count));
        }

        var chunks = hashes
            .Where(hash => hash.Fields.Length > 0)
            .Select(hash => Entries(pipeline, hash.Section, hash.Key, hash.Fields));
        return new(head, chunks.ToAsyncEnumerable());
    }

    private static async Task<HashEntry[][]> ReadAtOnceAsync(ITransaction transaction, RedisKey[] keys)
    {
        var reads = keys.Select(key => transaction.ReadHashAsync(key)).ToArray();
        await transaction.RunAsync().ConfigureAwait(false);
        return await Task.WhenAll(reads).ConfigureAwait(false);
    }

    private void ThrowIfTorn(string pipeline, HashEntry[] head)
    {
        if (RedisHead.Tear(head) is { } tear)
            throw connection.Errors.Incomplete(pipeline, tear);
    }

    private static string Missing(string section, long found, long count) =>
        string.Create(CultureInfo.InvariantCulture, $"section “{section}” has {found:N0} of {count:N0} entries");

    private IReadOnlyList<StateEntry> Entries(string pipeline, string section, RedisKey key, HashEntry[] fields) =>
        [.. fields.Select(field => RedisLayout.Entry(section, field) ?? throw NoEntry(pipeline, key))];

    private CheckpointStoreException NoEntry(string pipeline, RedisKey key) => connection.Errors.Unusable(
        pipeline,
        CheckpointStoreProblem.Damaged,
        $"{key} has fields that are no entries: restore a copy of Redis, or take another Redis:KeyPrefix");
}
