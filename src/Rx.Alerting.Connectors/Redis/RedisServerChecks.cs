using System.Collections.Concurrent;
using Rx.Alerting.Core.Checkpoints;
using StackExchange.Redis;

namespace Rx.Alerting.Connectors.Redis;

/// <summary>Checks whether commits can rely on the server.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>May the user do everything that commits and the board need? Checked before the first commit of a pipeline, and after
/// every new connection.</item>
/// <item>May the server evict keys? Checked then, and every minute.</item>
/// </list>
/// </remarks>
internal sealed class RedisServerChecks(RedisConnection connection, RedisLayout layout, RedisOnEviction onEviction, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Look> looks = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> doubts = new(StringComparer.Ordinal);

    /// <inheritdoc cref="ICheckpointStore.Doubt"/>
    public string? Doubt => doubts.Values.Order(StringComparer.Ordinal).FirstOrDefault();

    /// <summary>Checks the server before a pipeline is acquired. A fault is final: it makes no sense to retry.</summary>
    /// <exception cref="CheckpointStoreException">The server refuses something that is needed, or may evict keys.</exception>
    public async Task BeginAsync(string pipeline, CancellationToken cancel)
    {
        await AllowedAsync(pipeline, CheckpointStoreProblem.Refused, cancel).ConfigureAwait(false);
        if (await LookAtMemoryAsync(pipeline, cancel).ConfigureAwait(false) is { } eviction && onEviction == RedisOnEviction.Fail)
            throw connection.Errors.MayEvict(eviction);
    }

    /// <summary>Checks the server before a commit. The server was right before, so a fault may pass: a retry makes sense.</summary>
    /// <exception cref="CheckpointStoreException">The server refuses something that is needed.</exception>
    public async Task GoOnAsync(string pipeline, CancellationToken cancel)
    {
        var known = looks.TryGetValue(pipeline, out var look);
        if (!known || look.Connections != connection.Connections)
            await AllowedAsync(pipeline, CheckpointStoreProblem.Unavailable, cancel).ConfigureAwait(false);
        else if (clock.GetElapsedTime(look.At) < Interval)
            return;
        await LookAtMemoryAsync(pipeline, cancel).ConfigureAwait(false);
    }

    /// <summary>Finds out why the server has not run a commit as one transaction. The next commit will check the server again.</summary>
    public async Task<CheckpointStoreException> WhyDroppedAsync(IDatabase redis, RedisCommit commit, string pipeline, Exception e)
    {
        looks.TryRemove(pipeline, out _);
        var probe = layout.Probe(pipeline);
        if (await RedisPermissions.FindRefusalAsync(redis, probe).ConfigureAwait(false) is { } refusal)
            return connection.Errors.NotAllowed(CheckpointStoreProblem.Unavailable, refusal.What, refusal.Refusal);
        var memory = await RedisMemory.AskAsync(redis, probe).ConfigureAwait(false);
        return memory.IsShort(commit.Bytes) ? connection.Errors.Full(e) : connection.Errors.Dropped(pipeline, e);
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

        var probe = layout.Probe(pipeline);
        var refusal = await connection.CallAsync(
            redis => RedisPermissions.FindRefusalAsync(redis, probe), cancel).ConfigureAwait(false);
        if (refusal is { } refused)
            throw connection.Errors.NotAllowed(problem, refused.What, refused.Refusal);
    }

    private async Task<string?> LookAtMemoryAsync(string pipeline, CancellationToken cancel)
    {
        var connections = connection.Connections;
        var probe = layout.Probe(pipeline);
        var memory = await connection.CallAsync(redis => RedisMemory.AskAsync(redis, probe), cancel).ConfigureAwait(false);
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
