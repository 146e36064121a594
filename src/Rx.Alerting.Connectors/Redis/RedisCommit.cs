using System.Globalization;
using Rx.Alerting.Core.Checkpoints;
using StackExchange.Redis;

namespace Rx.Alerting.Connectors.Redis;

/// <summary>One attempt at a commit, as one transaction: begin, parts, seal (<see cref="RedisScripts"/>). A part is some hundreds of entries of one hash.</summary>
internal sealed class RedisCommit(RedisLayout layout, CheckpointCommit commit)
{
    public const string Sealed = "sealed";

    private const int FieldsPerPart = 500;

    private readonly string attempt = Guid.NewGuid().ToString("N");
    private readonly Dictionary<(string Section, int Number), int> parts = [];

    /// <summary>What the queue takes at least, twice: the server keeps each field and value as an object, in the queue and then in the hash.</summary>
    public long Bytes => 2 * commit.Changes.Written.Sum(entry => RedisLayout.FieldBytes + (long)entry.Value.Length);

    /// <summary>Null where the head is not what the commit expects, and nothing has changed; else what the seal says.</summary>
    /// <exception cref="RedisServerException">The server has dropped the transaction, or refused to begin one.</exception>
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
            // By the command that writes entries, too, so that the server refuses either both or none.
            transaction.HashSetAsync(head, [new(RedisHead.WritingField, attempt), new(RedisHead.WriterField, commit.Owner)]),
            transaction.RunAsync(RedisScripts.Begin, keys, [attempt, commit.ReplacesAll, .. StateSections.All.SelectMany(Sizes)]),
        };
        Write(transaction, writes);
        var seal = transaction.RunAsync(RedisScripts.Seal, keys, [attempt, commit.Id, commit.CommittedAt.ToString("O", CultureInfo.InvariantCulture), .. StateSections.All.SelectMany(SizesAndParts)]);
        if (!await transaction.RunAsync().ConfigureAwait(false))
            return null;
        // EXEC succeeds even where one of its commands does not: then a key has a type that we never gave it.
        await Task.WhenAll(writes).ConfigureAwait(false);
        return (string?)await seal.ConfigureAwait(false);
    }

    private void Write(ITransaction transaction, List<Task> writes)
    {
        foreach (var hash in commit.Changes.Removed.GroupBy(RedisLayout.HashOf))
        {
            foreach (var fields in hash.Select(RedisLayout.Field).Chunk(FieldsPerPart))
                writes.Add(transaction.RunAsync(RedisScripts.Remove, [layout.Of(commit.Pipeline, hash.Key)], [NextMark(hash.Key), attempt, .. fields]));
        }

        foreach (var hash in commit.Changes.Written.GroupBy(entry => RedisLayout.HashOf(entry.Key)))
        {
            foreach (var entries in hash.Chunk(FieldsPerPart))
            {
                HashEntry[] fields = [.. entries.Select(entry => new HashEntry(RedisLayout.Field(entry.Key), entry.Value)), new(NextMark(hash.Key), attempt)];
                writes.Add(transaction.HashSetAsync(layout.Of(commit.Pipeline, hash.Key), fields));
            }
        }
    }

    private string NextMark((string, int) hash) => RedisLayout.Mark(parts[hash] = parts.GetValueOrDefault(hash) + 1);

    private static IEnumerable<RedisValue> Sizes(string section) => [section, RedisLayout.Hashes(section)];

    private IEnumerable<RedisValue> SizesAndParts(string section) =>
        [.. Sizes(section), .. Enumerable.Range(0, RedisLayout.Hashes(section)).Select(number => (RedisValue)parts.GetValueOrDefault((section, number)))];
}
