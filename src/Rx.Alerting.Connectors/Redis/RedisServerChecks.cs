using System.Collections.Concurrent;
using Rx.Alerting.Core.Checkpoints;
using StackExchange.Redis;

namespace Rx.Alerting.Connectors.Redis;

/// <summary>
/// Looks whether the server is one that commits can rely on: whether the user may do all they need, and whether it keeps what it is given. Looks
/// before the first commit of a pipeline, after every new connection, and at the server's memory every minute.
/// </summary>
internal sealed class RedisServerChecks(RedisConnection connection, RedisLayout layout, RedisOnEviction onEviction, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Look> looks = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> doubts = new(StringComparer.Ordinal);

    /// <inheritdoc cref="ICheckpointStore.Doubt"/>
    public string? Doubt => doubts.Values.Order(StringComparer.Ordinal).FirstOrDefault();

    /// <summary>Before a pipeline is acquired or reset: what is wrong then is not tried again.</summary>
    /// <exception cref="CheckpointStoreException">The server refuses what a commit needs, or may evict what it is given.</exception>
    public async Task BeginAsync(string pipeline, CancellationToken cancel)
    {
        await AllowedAsync(pipeline, CheckpointStoreProblem.Refused, cancel).ConfigureAwait(false);
        if (await LookAtMemoryAsync(pipeline, cancel).ConfigureAwait(false) is { } eviction && onEviction == RedisOnEviction.Fail)
            throw connection.Errors.MayEvict(eviction);
    }

    /// <summary>Before a commit. The server was right before, so what it refuses now may pass.</summary>
    /// <exception cref="CheckpointStoreException">The server refuses what a commit needs.</exception>
    public async Task GoOnAsync(string pipeline, CancellationToken cancel)
    {
        var known = looks.TryGetValue(pipeline, out var look);
        if (!known || look.Connections != connection.Connections)
            await AllowedAsync(pipeline, CheckpointStoreProblem.Unavailable, cancel).ConfigureAwait(false);
        else if (clock.GetElapsedTime(look.At) < Interval)
            return;
        await LookAtMemoryAsync(pipeline, cancel).ConfigureAwait(false);
    }

    /// <summary>Why the server has not run a commit as one transaction. Whatever it was, the next commit asks anew before it is sent.</summary>
    public async Task<CheckpointStoreException> WhyDroppedAsync(IDatabase redis, RedisCommit commit, string pipeline, Exception e)
    {
        looks.TryRemove(pipeline, out _);
        var probe = layout.Probe(pipeline);
        if (await RedisPermissions.FindRefusalAsync(redis, probe).ConfigureAwait(false) is { } refusal)
            return connection.Errors.NotAllowed(CheckpointStoreProblem.Unavailable, refusal.What, refusal.Refusal);
        return (await RedisMemory.AskAsync(redis, probe).ConfigureAwait(false)).IsShort(commit.Bytes) ? connection.Errors.Full(e) : connection.Errors.Dropped(pipeline, e);
    }

    private async Task AllowedAsync(string pipeline, CheckpointStoreProblem problem, CancellationToken cancel)
    {
        try
        {
            await connection.AuthenticateAsync(cancel).ConfigureAwait(false);
        }
        catch (CheckpointStoreException unknown) when (unknown.Problem == CheckpointStoreProblem.Refused)
        {
            throw new CheckpointStoreException(problem, unknown.Message, unknown);
        }

        var refusal = await connection.CallAsync(redis => RedisPermissions.FindRefusalAsync(redis, layout.Probe(pipeline)), cancel).ConfigureAwait(false);
        if (refusal is { } refused)
            throw connection.Errors.NotAllowed(problem, refused.What, refused.Refusal);
    }

    private async Task<string?> LookAtMemoryAsync(string pipeline, CancellationToken cancel)
    {
        var connections = connection.Connections;
        var memory = await connection.CallAsync(redis => RedisMemory.AskAsync(redis, layout.Probe(pipeline)), cancel).ConfigureAwait(false);
        if (memory.Eviction is { } eviction)
            doubts[pipeline] = connection.Errors.EvictionDoubt(eviction);
        else if (!memory.IsKnown)
            doubts[pipeline] = connection.Errors.UnknownEviction();
        else
            doubts.TryRemove(pipeline, out _);
        looks[pipeline] = new(connections, clock.GetTimestamp());
        return memory.Eviction;
    }

    private readonly record struct Look(int Connections, long At);
}
