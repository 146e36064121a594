using Rx.Alerting.Core.Checkpoints;
using StackExchange.Redis;

namespace Rx.Alerting.Connectors.Redis;

/// <summary>Keeps checkpoints in Redis (5 or later), one server or a cluster.</summary>
/// <remarks>
/// <para>A commit is one transaction:</para>
/// <list type="number">
/// <item>The client watches the head, and compares epoch, owner and id.</item>
/// <item>The client queues all writes between MULTI and EXEC.</item>
/// <item>The server runs the writes without a pause, if the head has not been touched since.</item>
/// </list>
/// <para>So no reader and no crash shows half a commit:</para>
/// <list type="bullet">
/// <item>If the connection breaks before EXEC, the server drops the queue.</item>
/// <item>If the connection breaks after EXEC, everything is written, and only the answer is lost. A commit is idempotent: when the caller
/// repeats it, the head has the commit's id already.</item>
/// <item>The append-only file holds a transaction as a whole. A server that starts drops a transaction without an end.</item>
/// </list>
/// <para>But the server may refuse MULTI or evict keys, and others may delete keys. So there are three checks:</para>
/// <list type="bullet">
/// <item>The user's rights are tried before they are needed (<see cref="RedisServerChecks"/>).</item>
/// <item>A commit counts the entries of the commit before, before it writes; and its own entries at its end (<see
/// cref="RedisScripts"/>).</item>
/// <item>A reader compares the entries that it has read with these counts.</item>
/// </list>
/// <para>How much a crash of the server loses depends on the server's settings: nothing with <c>appendfsync always</c>, about a second with
/// <c>everysec</c>. After a loss the next commit throws <see cref="CheckpointRolledBackException"/>. <c>maxmemory-policy</c> must not be
/// one of <c>allkeys-…</c>.</para>
/// </remarks>
public sealed partial class RedisCheckpointStore : ICheckpointStore
{
    private readonly RedisConnection connection;
    private readonly RedisLayout layout;
    private readonly RedisServerChecks checks;
    private readonly TimeSpan timeout;

    /// <param name="options">Where Redis is, and how to use it.</param>
    /// <param name="clock">Paces looks at the server's settings. Null: the system's clock.</param>
    /// <exception cref="ArgumentException">Options are out of bounds. The message has a line for each.</exception>
    public RedisCheckpointStore(RedisOptions options, TimeProvider? clock = null)
    {
        connection = new RedisConnection(options);
        layout = new RedisLayout(options.KeyPrefix);
        checks = new RedisServerChecks(connection, layout, options.OnEviction, clock ?? TimeProvider.System);
        timeout = options.Timeout;
    }

    public string? Doubt => checks.Doubt;

    public async Task<CheckpointHead> AcquireAsync(string pipeline, string owner, CancellationToken cancel)
    {
        await checks.BeginAsync(pipeline, cancel).ConfigureAwait(false);
        // The name and the head may be in different slots, so they are two writes. The name comes first: a name without a head is not
        // listed, but a head without a name would be lost.
        await connection.CallAsync(redis => redis.SetAddAsync(layout.Pipelines, pipeline), cancel).ConfigureAwait(false);
        var keys = layout.All(pipeline);
        var answer = await connection.CallAsync(
            redis => redis.RunAsync(RedisScripts.Acquire, keys, owner, RedisLayout.Format), cancel).ConfigureAwait(false);
        var fields = RedisHead.Pairs(answer);
        return RedisHead.Headless(fields) is { } hashes
            ? throw connection.Errors.Headless(pipeline, layout.Head(pipeline), hashes)
            : Parse(pipeline, fields)!;
    }

    public async Task<CheckpointHead?> FindAsync(string pipeline, CancellationToken cancel) =>
        Parse(pipeline, await ReadHeadAsync(pipeline, cancel).ConfigureAwait(false));

    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancel)
    {
        var names = await connection.CallAsync(redis => redis.ReadSetAsync(layout.Pipelines), cancel).ConfigureAwait(false);
        var hasHead = await connection.CallAsync(
            redis => Task.WhenAll(names.Select(name => redis.HasAsync(layout.Head(name.ToString())))), cancel).ConfigureAwait(false);
        return [.. names.Where((_, i) => hasHead[i]).Select(name => name.ToString()).Order(StringComparer.Ordinal)];
    }

    public async Task CommitAsync(CheckpointCommit commit, CancellationToken cancel)
    {
        var (pipeline, expected) = (commit.Pipeline, commit.Id - 1);
        await checks.GoOnAsync(pipeline, cancel).ConfigureAwait(false);
        var outcome = await connection.CallAsync(redis => ExecuteAsync(redis, commit), cancel, BytesOf(commit)).ConfigureAwait(false);
        switch (outcome)
        {
            case null:
                break;
            case RedisCommit.Sealed:
                return;
            case var missing:
                throw connection.Errors.Incomplete(pipeline, missing.TrimEnd(' ', ';'));
        }

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
        var answer = await connection.CallAsync(
            redis => redis.RunAsync(RedisScripts.Reset, layout.All(pipeline), RedisLayout.Format), cancel).ConfigureAwait(false);
        Parse(pipeline, RedisHead.Pairs(answer));
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task<string?> ExecuteAsync(IDatabase redis, CheckpointCommit commit)
    {
        var attempt = new RedisCommit(layout, commit);
        try
        {
            return await attempt.ExecuteAsync(redis).ConfigureAwait(false);
        }
        catch (RedisServerException e) when (RedisPermissions.IsDropped(e) || RedisPermissions.IsNotAllowed(e))
        {
            throw await checks.WhyDroppedAsync(redis, attempt, commit.Pipeline, e).ConfigureAwait(false);
        }
    }

    private static long BytesOf(CheckpointCommit commit) =>
        commit.Changes.Written.Sum(entry => RedisLayout.FieldBytes + (long)entry.Value.Length);

    private Task<HashEntry[]> ReadHeadAsync(string pipeline, CancellationToken cancel) =>
        connection.CallAsync(redis => redis.ReadHashAsync(layout.Head(pipeline)), cancel);

    private CheckpointHead? Parse(string pipeline, HashEntry[] fields)
    {
        var head = RedisHead.Parse(fields, out var fault);
        return fault is { } found ? throw connection.Errors.Unusable(pipeline, found.Problem, found.Text) : head;
    }
}
