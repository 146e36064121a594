using System.Text;
using Rx.Alerting.Core.Effects;
using StackExchange.Redis;

namespace Rx.Alerting.Connectors.Redis;

/// <summary>An incident that a script is to write or to remove.</summary>
/// <param name="Id">The incident's id.</param>
/// <param name="Value">The value of its field. Empty: to remove.</param>
internal readonly record struct RedisBoardChange(string Id, byte[] Value)
{
    private const int MostOfStep = 500;
    private const long MostBytesOfStep = 4 << 20;

    /// <summary>About how many bytes this is on the line.</summary>
    private long Bytes => Value.Length + Encoding.UTF8.GetByteCount(Id) + 32;

    /// <summary>Cuts changes into steps: each a list of arguments, and about how many bytes they are.</summary>
    public static IEnumerable<(List<RedisValue> Arguments, long Bytes)> Steps(
        IEnumerable<BoardEntry> written, IEnumerable<string> removed)
    {
        var (step, bytes) = (new List<RedisValue>(), 0L);
        var changes = written.Select(entry => new RedisBoardChange(entry.Id, RedisBoardLayout.Value(entry)))
            .Concat(removed.Select(id => new RedisBoardChange(id, [])));
        foreach (var change in changes)
        {
            if (step.Count == 2 * MostOfStep || (step.Count > 0 && bytes + change.Bytes > MostBytesOfStep))
            {
                yield return (step, bytes);
                (step, bytes) = ([], 0);
            }

            step.AddRange([change.Id, change.Value]);
            bytes += change.Bytes;
        }

        yield return (step, bytes);
    }
}
