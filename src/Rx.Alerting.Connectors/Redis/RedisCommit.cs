using System.Globalization;
using Rx.Alerting.Core.Checkpoints;
using StackExchange.Redis;

namespace Rx.Alerting.Connectors.Redis;

/// <summary>One commit as one transaction. Its writes are grouped by hash, some hundreds to a command.</summary>
internal sealed class RedisCommit(RedisLayout layout, RedisErrors errors, CheckpointCommit commit)
{
    private const int FieldsPerCommand = 500;

    /// <summary>False where the head is not what the commit expects; nothing has changed then.</summary>
    /// <exception cref="CheckpointStoreException">The server has dropped it: there is no room for it, or another reason.</exception>
    public async Task<bool> ExecuteAsync(IDatabase redis)
    {
        var head = layout.Head(commit.Pipeline);
        var transaction = redis.CreateTransaction();
        transaction.AddCondition(Condition.HashEqual(head, RedisHead.FormatField, RedisLayout.Format));
        transaction.AddCondition(Condition.HashEqual(head, RedisHead.EpochField, RedisHead.Text(commit.Epoch)));
        transaction.AddCondition(Condition.HashEqual(head, RedisHead.OwnerField, commit.Owner));
        transaction.AddCondition(Condition.HashEqual(head, RedisHead.IdField, RedisHead.Text(commit.Id - 1)));
        var writes = Queue(transaction, head);
        try
        {
            if (!await transaction.RunAsync().ConfigureAwait(false))
                return false;
            // EXEC succeeds even where one of its commands does not: then a key has a type that we never gave it.
            await Task.WhenAll(writes).ConfigureAwait(false);
            return true;
        }
        catch (RedisServerException e) when (e.Message.StartsWith("EXECABORT", StringComparison.Ordinal))
        {
            // The library drops why. A write without effect meets the same obstacle and says it, unless it is memory, which the dropped queue has freed.
            var probe = layout.Probe(commit.Pipeline);
            await redis.StringSetRangeAsync(probe, 0, "").ConfigureAwait(false);
            throw await RedisMemory.IsShortAsync(redis, probe, Bytes).ConfigureAwait(false) ? errors.Full(e) : errors.Dropped(commit.Pipeline, e);
        }
    }

    /// <summary>What the queue takes at least, twice: the server keeps each field and value as an object, in the queue and then in the hash.</summary>
    private long Bytes => 2 * commit.Changes.Written.Sum(entry => RedisLayout.FieldBytes + (long)entry.Value.Length);

    private List<Task> Queue(ITransaction transaction, RedisKey head)
    {
        var writes = new List<Task>();
        foreach (var hash in commit.Changes.Removed.GroupBy(RedisLayout.HashOf))
        {
            foreach (var fields in hash.Select(RedisLayout.Field).Chunk(FieldsPerCommand))
                writes.Add(transaction.HashDeleteAsync(layout.Of(commit.Pipeline, hash.Key), fields));
        }

        foreach (var hash in commit.Changes.Written.GroupBy(entry => RedisLayout.HashOf(entry.Key)))
        {
            foreach (var fields in hash.Select(entry => new HashEntry(RedisLayout.Field(entry.Key), entry.Value.ToArray())).Chunk(FieldsPerCommand))
                writes.Add(transaction.HashSetAsync(layout.Of(commit.Pipeline, hash.Key), fields));
        }

        writes.Add(transaction.HashSetAsync(head,
        [
            new(RedisHead.IdField, RedisHead.Text(commit.Id)),
            new(RedisHead.AtField, commit.CommittedAt.ToString("O", CultureInfo.InvariantCulture)),
        ]));
        return writes;
    }
}
