using System.Globalization;
using Rx.Alerting.Core.Checkpoints;
using StackExchange.Redis;

namespace Rx.Alerting.Connectors.Redis;

/// <summary>
/// One attempt at a commit, as one transaction: begin, parts, seal (<see cref="RedisScripts"/>). A part is some hundreds of entries of one
/// hash.
/// </summary>
internal sealed class RedisCommit(RedisLayout layout, CheckpointCommit commit)
{
    public const string Sealed = "sealed";

    private const int FieldsPerPart = 500;

    private readonly string attempt = Guid.NewGuid().ToString("N");
    private readonly Dictionary<(string Section, int Number), int> parts = [];

    /// <summary>
    /// The memory that the server needs at least: every field and value twice, because the server keeps them as objects in the queue, and
    /// then in the hash.
    /// </summary>
    public long Bytes => 2 * commit.Changes.Written.Sum(entry => RedisLayout.FieldBytes + (long)entry.Value.Length);

    /// <returns>
    /// Null if the head is not the one that the commit expects: then nothing has changed. Otherwise the answer of <see
    /// cref="RedisScripts.Seal"/>.
    /// </returns>
    /// <exception cref="RedisServerException">The server has dropped the transaction, or refused to begin a transaction.</exception>
    public async Task<string?> ExecuteAsync(IDatabase redis)
    {
        var head = layout.Head(commit.Pipeline);
        var transaction = redis.CreateTransaction();
        transaction.AddCondition(Condition.HashEqual(head, RedisHead.FormatField, RedisLayout.Format));
        transaction.AddCondition(Condition.HashEqual(head, RedisHead.EpochField, RedisHead.Text(commit.Epoch)));
        transaction.AddCondition(Condition.HashEqual(head, RedisHead.OwnerField, commit.Owner));
        transaction.AddCondition(Condition.HashEqual(head, RedisHead.IdField, RedisHead.Text(commit.Id - 1)));
        var keys = layout.All(commit.Pipeline);
        var writes = new List<Task>
        {
            // HSET, as for entries, so that the server refuses either both or neither.
            transaction.HashSetAsync(head, [new(RedisHead.WritingField, attempt), new(RedisHead.WriterField, commit.Owner)]),
            transaction.RunAsync(RedisScripts.Begin, keys, [attempt, commit.ReplacesAll, .. StateSections.All.SelectMany(Sizes)]),
        };
        Write(transaction, writes);
        var committedAt = commit.CommittedAt.ToString("O", CultureInfo.InvariantCulture);
        var seal = transaction.RunAsync(
            RedisScripts.Seal, keys, [attempt, commit.Id, committedAt, .. StateSections.All.SelectMany(SizesAndParts)]);
        if (!await transaction.RunAsync().ConfigureAwait(false))
            return null;

        // EXEC succeeds even if one of its commands fails: then somebody else has given a key another type.
        await Task.WhenAll(writes).ConfigureAwait(false);
        return (string?)await seal.ConfigureAwait(false);
    }

    private void Write(ITransaction transaction, List<Task> writes)
    {
        foreach (var hash in commit.Changes.Removed.GroupBy(RedisLayout.HashOf))
        {
            foreach (var fields in hash.Select(RedisLayout.Field).Chunk(FieldsPerPart))
            {
                RedisKey[] key = [layout.Of(commit.Pipeline, hash.Key)];
                writes.Add(transaction.RunAsync(RedisScripts.Remove, key, [NextMark(hash.Key), attempt, .. fields]));
            }
        }

        foreach (var hash in commit.Changes.Written.GroupBy(entry => RedisLayout.HashOf(entry.Key)))
        {
            foreach (var entries in hash.Chunk(FieldsPerPart))
            {
                var written = entries.Select(entry => new HashEntry(RedisLayout.Field(entry.Key), entry.Value));
                HashEntry[] fields = [.. written, new(NextMark(hash.Key), attempt)];
                writes.Add(transaction.HashSetAsync(layout.Of(commit.Pipeline, hash.Key), fields));
            }
        }
    }

    private string NextMark((string, int) hash) => RedisLayout.Mark(parts[hash] = parts.GetValueOrDefault(hash) + 1);

    private static IEnumerable<RedisValue> Sizes(string section) => [section, RedisLayout.Hashes(section)];

    private IEnumerable<RedisValue> SizesAndParts(string section)
    {
        var partsOfHashes = Enumerable.Range(0, RedisLayout.Hashes(section))
            .Select(number => (RedisValue)parts.GetValueOrDefault((section, number)));
        return [.. Sizes(section), .. partsOfHashes];
    }
}
