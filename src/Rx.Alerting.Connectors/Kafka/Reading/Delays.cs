using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Rx.Alerting.Connectors.Kafka.Reading;

/// <summary>
/// Says which partitions hold event time back, for how long and why: their ends are not reached, and nothing comes of them. Mostly a producer has
/// a transaction open. Readings of several partitions, on threads of their own, may share one.
/// </summary>
/// <remarks>
/// Transactions of half a minute are common, and each is a wait. So the log gets the first noticeable wait, and after that only waits that are several
/// times as long as the one before, until none has been worth a line for an hour.
/// </remarks>
internal sealed class Delays(TimeProvider time, ILogger logger)
{
    /// <summary>Shorter waits are not worth a word.</summary>
    internal static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(10);

    /// <summary>How many times as long a wait is worth another line.</summary>
    private const int Longer = 4;

    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    private readonly Lock sync = new();
    private readonly Dictionary<string, Waiting> waits = new(StringComparer.Ordinal);
    private TimeSpan bound = Noticeable;
    private TimeSpan longest;
    private long? toldAt;
    private bool isTold;

    /// <summary>For people; null: no partition has been waited for noticeably long. Any thread may ask.</summary>
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

    /// <summary>Event time waits for a partition; to be said a few times a second, as long as it does.</summary>
    /// <param name="partition">Its name.</param>
    /// <param name="since">Timestamp of the time from which on nothing has come.</param>
    /// <param name="offset">Of the next record.</param>
    /// <param name="isWithheld">Whether there is more that may not be read yet.</param>
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

    /// <summary>Event time does not wait for the partition, or nobody reads that any more.</summary>
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
        var which = others == 0 ? wait.Partition : string.Create(CultureInfo.InvariantCulture, $"{wait.Partition} (and {others} more)");
        var what = string.Create(CultureInfo.InvariantCulture, $"{which} cannot be read on behind offset {wait.Offset} for {seconds} s, and event time waits for it");
        return wait.IsWithheld
            ? $"{what}: a producer has a transaction open there. The producer commits or aborts it, or the broker does after the producer's transaction.timeout.ms; "
                + "if neither happens, kafka-transactions.sh find-hanging finds it, and abort ends it"
            : $"{what}: neither records nor the partition's end come. A producer has a transaction open there, or the partition has no leader that answers";
    }

    /// <inheritdoc cref="Wait"/>
    private sealed record Waiting(string Partition, long Since, long Offset, bool IsWithheld);
}
