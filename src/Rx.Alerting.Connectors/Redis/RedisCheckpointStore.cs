using System.Runtime.CompilerServices;
using Rx.Alerting.Core.Checkpoints;
using StackExchange.Redis;

namespace Rx.Alerting.Connectors.Redis;

/// <summary>Keeps checkpoints in Redis (4 or later), one server or a cluster.</summary>
/// <remarks>
/// <para>A commit is one transaction. The client watches the head, compares epoch, owner and id, and queues all writes between MULTI and EXEC; the
/// server runs them without a pause if the head has not been touched since. A connection that breaks before EXEC makes the server drop the queue;
/// one that breaks after it leaves everything written and only the answer lost, which the caller finds out by repeating: the head has the commit's id
/// then. The append-only file holds a transaction as a whole, and a server that starts drops one without an end. So no reader and no crash shows half a commit.</para>
/// <para>How much a crash of the server loses is the server's setting: nothing with <c>appendfsync always</c>, about a second with <c>everysec</c>; the next
/// commit is told by <see cref="CheckpointRolledBackException"/>. <c>maxmemory-policy</c> must be <c>noeviction</c>.</para>
/// </remarks>
public sealed class RedisCheckpointStore : ICheckpointStore
{
    private readonly RedisConnection connection;
    private readonly RedisLayout layout;

    /// <exception cref="ArgumentException">Options out of bounds; the message has a line for each.</exception>
    public RedisCheckpointStore(RedisOptions options)
    {
        connection = new RedisConnection(options);
        layout = new RedisLayout(options.KeyPrefix);
    }

    public async Task<CheckpointHead> AcquireAsync(string pipeline, string owner, CancellationToken cancel)
    {
        // First, since it may be in another slot: a name without a head is not listed, a head without a name would be lost.
        await connection.CallAsync(redis => redis.SetAddAsync(layout.Pipelines, pipeline), cancel).ConfigureAwait(false);
        var answer = await connection.CallAsync(redis => redis.RunAsync(RedisHead.Acquire, [layout.Head(pipeline)], owner, RedisLayout.Format), cancel).ConfigureAwait(false);
        return Parse(pipeline, RedisHead.Pairs(answer))!;
    }

    public async Task<CheckpointHead?> FindAsync(string pipeline, CancellationToken cancel) =>
        Parse(pipeline, await connection.CallAsync(redis => redis.ReadHashAsync(layout.Head(pipeline)), cancel).ConfigureAwait(false));

    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancel)
    {
        var names = await connection.CallAsync(redis => redis.ReadSetAsync(layout.Pipelines), cancel).ConfigureAwait(false);
        var there = await connection.CallAsync(redis => Task.WhenAll(names.Select(name => redis.HasAsync(layout.Head(name.ToString())))), cancel).ConfigureAwait(false);
        return [.. names.Where((_, i) => there[i]).Select(name => name.ToString()).Order(StringComparer.Ordinal)];
    }

    public async IAsyncEnumerable<IReadOnlyList<StateEntry>> ReadAsync(string pipeline, string section, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (await FindAsync(pipeline, cancel).ConfigureAwait(false) is null)
            yield break;
        foreach (var key in layout.Section(pipeline, section))
        {
            var fields = await connection.CallAsync(redis => redis.ReadHashAsync(key), cancel).ConfigureAwait(false);
            if (fields.Length > 0)
                yield return Entries(pipeline, section, key, fields);
        }
    }

    /// <summary>
    /// Where a commit comes between, one transaction reads all: the server does nothing else meanwhile, about a third of a second for a million titles.
    /// </summary>
    public async Task<CheckpointSnapshot?> SnapshotAsync(string pipeline, CancellationToken cancel)
    {
        if (await CheckpointSnapshot.TryReadAsync(this, pipeline, cancel).ConfigureAwait(false) is { } calm)
            return calm;
        var keys = StateSections.All.SelectMany(section => layout.Section(pipeline, section), (section, key) => (Section: section, Key: key)).ToList();
        var all = await connection.CallAsync(redis => ReadAtOnceAsync(redis.CreateTransaction(), [layout.Head(pipeline), .. keys.Select(key => key.Key)]), cancel).ConfigureAwait(false);
        return Parse(pipeline, all[0]) is { } head
            ? new(head, keys.Zip(all.Skip(1)).Where(hash => hash.Second.Length > 0).Select(hash => Entries(pipeline, hash.First.Section, hash.First.Key, hash.Second)).ToAsyncEnumerable())
            : null;
    }

    public async Task CommitAsync(CheckpointCommit commit, CancellationToken cancel)
    {
        if (await connection.CallAsync(redis => new RedisCommit(layout, connection.Errors, commit).ExecuteAsync(redis), cancel).ConfigureAwait(false))
            return;

        var (pipeline, expected) = (commit.Pipeline, commit.Id - 1);
        var head = await FindAsync(pipeline, cancel).ConfigureAwait(false);
        if (head is null || head.Epoch < commit.Epoch)
            throw new CheckpointRolledBackException(pipeline, expected, head?.Id ?? 0);
        if (head.Epoch > commit.Epoch || head.Owner != commit.Owner)
            throw new OwnershipLostException(pipeline, commit.Epoch, head.Epoch);
        if (head.Id == expected)
            throw connection.Errors.Unsettled(pipeline);
        if (head.Id != commit.Id)
            throw new CheckpointRolledBackException(pipeline, expected, head.Id);
    }

    public async Task ResetAsync(string pipeline, CancellationToken cancel)
    {
        RedisKey[] keys = [layout.Head(pipeline), .. StateSections.All.SelectMany(section => layout.Section(pipeline, section))];
        var answer = await connection.CallAsync(redis => redis.RunAsync(RedisHead.Reset, keys, RedisLayout.Format), cancel).ConfigureAwait(false);
        Parse(pipeline, RedisHead.Pairs(answer));
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private static async Task<HashEntry[][]> ReadAtOnceAsync(ITransaction transaction, RedisKey[] keys)
    {
        var reads = keys.Select(key => transaction.ReadHashAsync(key)).ToArray();
        await transaction.RunAsync().ConfigureAwait(false);
        return await Task.WhenAll(reads).ConfigureAwait(false);
    }

    private IReadOnlyList<StateEntry> Entries(string pipeline, string section, RedisKey key, HashEntry[] fields) =>
        [.. fields.Select(field => RedisLayout.Entry(section, field) ?? throw connection.Errors.Unusable(pipeline, CheckpointStoreProblem.Damaged, $"{key} has fields that are no entries: restore a copy of Redis, or take another Redis:KeyPrefix"))];

    private CheckpointHead? Parse(string pipeline, HashEntry[] fields)
    {
        var head = RedisHead.Parse(fields, out var fault);
        return fault is { } found ? throw connection.Errors.Unusable(pipeline, found.Problem, found.Text) : head;
    }
}
