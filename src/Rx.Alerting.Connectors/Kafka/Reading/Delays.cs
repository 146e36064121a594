using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Rx.Alerting.Connectors.Kafka.Reading;

/// <summary>
/// Says which partitions hold event time back, for how long, and why. Such a partition has not been read to its end, and yet no record
/// comes: mostly because a producer has a transaction open. Thread-safe: several readings may share one object.
/// </summary>
/// <remarks>
/// Transactions of half a minute are common, and each of them is a wait. So the log does not get every wait:
/// <list type="bullet">
/// <item>The first noticeable wait is logged.</item>
/// <item>After that, a wait is logged only if it is several times as long as the wait that was logged before.</item>
/// <item>After an hour without a line, the next noticeable wait is logged again.</item>
/// </list>
/// </remarks>
internal sealed class Delays(TimeProvider time, ILogger logger)
{
    /// <summary>Shorter waits are neither logged nor shown.</summary>
    internal static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(10);

    /// <summary>How many times as long as the wait that was logged before a wait must be to get another line.</summary>
    private const int Longer = 4;

    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    private readonly Lock sync = new();
    private readonly Dictionary<string, Waiting> waits = new(StringComparer.Ordinal);
    private TimeSpan bound = Noticeable;
    private TimeSpan longest;
    private long? toldAt;
    private bool isTold;

    /// <summary>The longest wait, as a sentence for the operator. Null if no wait is noticeable.</summary>
    internal string? Text
    {
        get
        {
            lock (sync)
            {
                var noticeable = waits.Values.Where(IsNoticeable).OrderBy(wait => wait.Since).ToList();
                return noticeable.Count == 0 ? null : Describe(noticeable[0], noticeable.Count - 1);
            }
        }
    }

    /// <summary>Event time waits for a partition. To be called a few times a second for as long as it waits.</summary>
    /// <param name="partition">The name of the partition.</param>
    /// <param name="since">Timestamp since when nothing has come.</param>
    /// <param name="offset">The offset of the next record.</param>
    /// <param name="isWithheld">Whether there are records that may not be read yet.</param>
    internal void Wait(string partition, long since, long offset, bool isWithheld)
    {
        lock (sync)
        {
            waits[partition] = new(partition, since, offset, isWithheld);
            var lasting = time.GetElapsedTime(since);
            if (lasting > longest)
                longest = lasting;
            if (toldAt is { } at && time.GetElapsedTime(at) >= Memory)
                bound = Noticeable;
            if (lasting < bound)
                return;
            (bound, toldAt, isTold) = (lasting * Longer, time.GetTimestamp(), true);
            KafkaLog.Delayed(logger, Text!);
        }
    }

    /// <summary>Event time does not wait for the partition any more, or nobody reads the partition any more.</summary>
    internal void Clear(string partition)
    {
        lock (sync)
        {
            if (!waits.Remove(partition) || waits.Values.Any(IsNoticeable))
                return;
            if (isTold)
                KafkaLog.NotDelayed(logger, (long)longest.TotalSeconds);
            (isTold, longest) = (false, TimeSpan.Zero);
        }
    }

    private bool IsNoticeable(Waiting wait) => time.GetElapsedTime(wait.Since) >= Noticeable;

    private string Describe(Waiting wait, int others)
    {
        var seconds = (long)time.GetElapsedTime(wait.Since).TotalSeconds;
        var partitions = others == 0
            ? wait.Partition
            : string.Create(CultureInfo.InvariantCulture, $"{wait.Partition} (and {others} more)");
        var state = string.Create(
            CultureInfo.InvariantCulture,
            $"{partitions} cannot be read on behind offset {wait.Offset} for {seconds} s, and event time waits for it");
        return wait.IsWithheld
            ? $"{state}: a producer has a transaction open there. "
                + "The producer commits or aborts it, or the broker does after the producer's transaction.timeout.ms; "
                + "if neither happens, kafka-transactions.sh find-hanging finds it, and abort ends it"
            : $"{state}: neither records nor the partition's end come. "
                + "A producer has a transaction open there, or the partition has no leader that answers";
    }

    /// <inheritdoc cref="Wait"/>
    private sealed record Waiting(string Partition, long Since, long Offset, bool IsWithheld);
}
